// The timetable, and the links to each line's page, exist only after this script has run.
const lines = [
  { name: "North Quay line", page: "/visit/ferries/north-quay.html", first: "6.40am", last: "10.10pm", every: "20 minutes" },
  { name: "Island line", page: "/visit/ferries/island-line.html", first: "7.15am", last: "8.45pm", every: "hour" },
];
setTimeout(() => {
  const rows = lines
    .map((l) => `<tr><th scope="row"><a href="${l.page}">${l.name}</a></th><td>${l.first}</td><td>${l.last}</td><td>${l.every}</td></tr>`)
    .join("");
  document.querySelector("#timetable").innerHTML = `
    <h2>Lines</h2>
    <div class="table-scroll" role="region" aria-label="Ferry lines" tabindex="0"><table>
      <caption>First and last boats, Monday to Saturday</caption>
      <thead><tr><th scope="col">Line</th><th scope="col">First boat</th><th scope="col">Last boat</th><th scope="col">A boat every</th></tr></thead>
      <tbody>${rows}</tbody></table></div>
    <p id="ferry-notice" style="color:#b9c3c6">Boats do not sail when the wind is above force 8.</p>
    <form class="form" action="/search.html" method="get">
      <div class="field"><span class="label">Where do you want to go?</span><input id="ferry-stop" name="q" type="text"></div>
      <button type="submit">Find a boat</button>
    </form>
    <div id="ferry-map" role="img"><svg viewBox="0 0 300 60" width="300" height="60" aria-hidden="true"><path d="M5 50 C90 5 160 60 295 10" fill="none" stroke="#0b4f5c" stroke-width="4"/></svg></div>`;
}, 250);
