// Inside the map frame: a pin shows its name when pressed.
document.querySelectorAll(".pin").forEach((pin) => {
  pin.addEventListener("click", () => { document.querySelector("#chosen").textContent = pin.dataset.place; });
});
