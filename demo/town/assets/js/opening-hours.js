// <opening-hours branch="Harbour Library">: a panel with an open shadow root.
class OpeningHours extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = `
      <style>
        .panel { border: 1px solid #c5d1d4; border-radius: .4rem; padding: 1rem 1.2rem; max-width: 30rem; margin-bottom: 1rem; }
        h3 { margin: 0 0 .4rem; color: #0b4f5c; }
        .today { color: #9fb0b4; background: #fff; }
        button { border: 2px solid #0b4f5c; background: #fff; width: 2.5rem; height: 2.5rem; }
        dl { display: grid; grid-template-columns: auto 1fr; gap: .2rem 1rem; } dd { margin: 0; }
      </style>
      <div class="panel">
        <h3></h3>
        <p class="today">Opening times change on public holidays.</p>
        <dl><dt>Monday to Friday</dt><dd>9am to 6pm</dd><dt>Saturday</dt><dd>10am to 2pm</dd></dl>
        <img class="building" src="/assets/img/library.svg" width="120" height="80">
        <button type="button" class="remember"><span aria-hidden="true">★</span></button>
        <a class="branch-page" href="/contact.html?utm_source=libraries&amp;utm_medium=panel">Ask the library a question</a>
      </div>`;
    root.querySelector("h3").textContent = this.getAttribute("branch");
  }
}
customElements.define("opening-hours", OpeningHours);
