// Small screens: the main menu opens and closes. Without scripts it is simply open.
document.documentElement.classList.add("script");
const button = document.querySelector(".menu-button");
const menu = document.querySelector("#main-menu");
if (button && menu) {
  button.addEventListener("click", () => {
    const open = menu.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
  });
}
// Planted (visit-carousel-moves): slides change by themselves and nothing stops them.
const slides = [...document.querySelectorAll(".carousel .slide")];
let shown = 0;
if (slides.length > 1) {
  setInterval(() => {
    slides[shown].hidden = true;
    shown = (shown + 1) % slides.length;
    slides[shown].hidden = false;
  }, 6000);
}
// Planted (events-mouse-only): works with a mouse, not with a keyboard.
document.querySelectorAll(".fake-button[data-filter]").forEach((element) => {
  element.addEventListener("click", () => {
    const wanted = element.dataset.filter;
    document.querySelectorAll("#events tbody tr").forEach((row) => {
      row.hidden = wanted !== "all" && row.dataset.kind !== wanted;
    });
  });
});
