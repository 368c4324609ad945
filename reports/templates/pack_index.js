"use strict";
(function () {
  var bar = document.getElementById("bar");
  var organ = document.getElementById("by-organ");
  var standing = document.getElementById("by-standing");
  var words = document.getElementById("by-words");
  var told = document.getElementById("told");
  var duties = Array.prototype.slice.call(document.querySelectorAll("details.duty"));
  var organs = Array.prototype.slice.call(document.querySelectorAll("section.organ"));
  var texts = null;

  function textOf(index) {
    if (texts === null) {
      texts = duties.map(function (duty) { return duty.textContent.toLowerCase(); });
    }
    return texts[index];
  }

  function fits(duty, index, sought) {
    if (organ.value && duty.dataset.organ.split(" ").indexOf(organ.value) < 0) { return false; }
    if (standing.value && duty.dataset.standing !== standing.value && duty.dataset.group !== standing.value) { return false; }
    return sought.every(function (word) { return textOf(index).indexOf(word) >= 0; });
  }

  function sift() {
    var sought = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    duties.forEach(function (duty, index) {
      var shown = fits(duty, index, sought);
      duty.hidden = !shown;
      count += shown ? 1 : 0;
    });
    organs.forEach(function (section) { section.hidden = !section.querySelector("details.duty:not([hidden])"); });
    told.textContent = "显示 " + count + " / " + duties.length + " 项";
  }

  function openNamed() {
    var name = decodeURIComponent(window.location.hash.slice(1));
    var found = name ? document.getElementById(name) : null;
    var duty = found ? found.closest("details.duty") : null;
    if (duty) {
      duty.hidden = false;
      duty.closest("section.organ").hidden = false;
      duty.open = true;
      duty.scrollIntoView();
    }
  }

  var waiting = 0;
  words.addEventListener("input", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(sift, 120);
  });
  organ.addEventListener("change", sift);
  standing.addEventListener("change", sift);
  document.getElementById("open-all").addEventListener("click", function () {
    duties.forEach(function (duty) { if (!duty.hidden) { duty.open = true; } });
  });
  document.getElementById("close-all").addEventListener("click", function () {
    duties.forEach(function (duty) { duty.open = false; });
  });
  window.addEventListener("hashchange", openNamed);
  bar.hidden = false;
  sift();
  openNamed();
})();
