"use strict";
const all = (selector) => Array.from(document.querySelectorAll(selector));
const cards = all(".card");
const segments = all(".s[data-c]");
const flag = document.getElementById("flag");
const words = document.getElementById("words");
const shown = document.getElementById("shown");

function apply() {
  const bands = new Set(all("input[name=confidence]:checked").map((box) => box.value));
  const text = words.value.toLocaleLowerCase();
  const visible = new Set();
  for (const card of cards) {
    const fits = bands.has(card.dataset.confidence)
      && (!flag.value || card.dataset.flags.split(" ").includes(flag.value))
      && (!text || card.textContent.toLocaleLowerCase().includes(text));
    card.hidden = !fits;
    if (fits) visible.add(card.dataset.n);
  }
  for (const segment of segments)
    segment.classList.toggle("off", !segment.dataset.c.split(" ").some((number) => visible.has(number)));
  shown.textContent = `${visible.size} of ${cards.length} claims`;
}

function point(event) {
  const card = event.target.closest(".card");
  for (const segment of segments)
    segment.classList.toggle("on", Boolean(card) && segment.dataset.c.split(" ").includes(card.dataset.n));
}

if (flag) {
  document.querySelector(".filters").addEventListener("input", apply);
  document.querySelector(".filters").addEventListener("change", apply);
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("mouseover", point);
  document.addEventListener("focusin", point);
  apply();
}
