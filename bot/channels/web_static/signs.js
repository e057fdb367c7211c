// The few signs that the assistant uses, drawn: not every machine has a font for them, and they look alike on all.
// The character itself stays in the text, unseen, for copying and for reading aloud.

const THUMB = "M7 11v9H4.5a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zm0 0 4-8c1.6 0 2.5 1 2.5 2.6L13 9h5.6a2 2 0 0 1 2 2.4l-1.3 7a2 2 0 0 1-2 1.6H7";

const SIGNS = {
  "✅": { path: "m5 12.5 4.7 4.7L19 7", className: "sign good" },
  "⏳": { path: "M6.5 3h11m-11 18h11M8 3v3.5c0 2.5 4 4 4 5.5s-4 3-4 5.5V21m8-18v3.5c0 2.5-4 4-4 5.5s4 3 4 5.5V21", className: "sign due" },
  "⚠": { path: "M12 3.5 2.5 20h19zM12 10v4.5m0 2.4v.2", className: "sign due" },
  "👍": { path: THUMB, className: "sign" },
  "👎": { path: THUMB, className: "sign down" },
};

const ANY_SIGN = /(✅|⏳|⚠|👍|👎)\ufe0f?/u;
const SVG = "http://www.w3.org/2000/svg";

function draw(character) {
  const { path, className } = SIGNS[character];
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", className);
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  drawing.append(line);
  const letter = document.createElement("span");
  letter.className = "unseen";
  letter.textContent = character;
  return [letter, drawing];
}

/** A text as nodes, its signs drawn. */
export function withSigns(text) {
  // Splitting by a pattern with a group leaves the signs at the odd places.
  return text.split(ANY_SIGN).flatMap((part, place) => (place % 2 ? draw(part) : [part]));
}
