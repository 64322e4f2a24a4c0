/* The look of the map: near-black land, few words, and the ways above it. Kinds of way differ by dash and mark as well. */

export const FILM = {
  sea: "#060709", land: "#17181a", passed: "#202123", coast: "#4a4f55", glow: "#2b3640", lake: "#0a0c0f",
  small: "#5b7484", river: "#7fa3b8", riverText: "#9fc0d2", border: "#a39a90", town: "#8f8c87", capital: "#bdb9b3",
  country: "#a8a29b", route: "#ff5a4c", routeGlow: "#ff1408", air: "#ff4a3d", ring: "#ff6a5c", stop: "#0b0706",
  stopText: "#fff3ee", text: "#e9e6e1", text2: "#bdb9b3", text3: "#9a9793", warn: "#f0b45a", unknown: "#b3adc2",
  info: "#8fbdd6", dark: "#0a0a0b",
};
export const LEGS = ["leg-closed", "leg-open", "leg-unknown", "leg-back", "leg-branch", "leg-planned", "leg-air"];
const LAYERS = ["land", "border", "coast", "river", "named", "lake", "town"];
const COLOUR = { open: FILM.text2, unknown: FILM.unknown, back: FILM.text2, branch: FILM.warn, planned: FILM.route,
  closed: FILM.text3 };
const WIDTH = { open: 1.6, unknown: 1.8, back: 1.5, branch: 2, planned: 2.2, closed: 1.5 };
const DASH = { unknown: [4, 1.6, 0.8, 3.2], back: [0.6, 2.6], branch: [4, 2] };  // in widths of the line

const grow = (...stops) => ["interpolate", ["exponential", 1.6], ["zoom"], ...stops];
const is = (name, value) => ["==", ["get", name], value];
const empty = () => ({ type: "geojson", data: { type: "FeatureCollection", features: [] } });
const round = { "line-cap": "round", "line-join": "round" };

/* Where a way lies in the order of the map: closed lowest, the plan on top. */
function leg(line) {
  const paint = { "line-color": COLOUR[line], "line-width": grow(3, WIDTH[line], 8, WIDTH[line] * 1.6) };
  if (DASH[line]) paint["line-dasharray"] = DASH[line];
  const filter = ["all", is("line", line), ["!=", ["get", "mode"], "air"]];
  return { id: `leg-${line}`, type: "line", source: "legs", paint, layout: DASH[line] ? { "line-join": "round" } : round,
    filter: line === "unknown" || line === "closed" ? is("line", line) : filter };
}

function ground({ passed, name, font }) {
  return [
    { id: "sea", type: "background", paint: { "background-color": FILM.sea } },
    { id: "glow", type: "line", source: "coast",
      paint: { "line-color": FILM.glow, "line-width": grow(3, 7, 7, 16), "line-blur": grow(3, 7, 7, 16), "line-opacity": 0.5 } },
    { id: "land", type: "fill", source: "land", paint: { "fill-antialias": false,
      "fill-color": passed.length ? ["match", ["get", "c"], passed, FILM.passed, FILM.land] : FILM.land } },
    { id: "relief", type: "raster", source: "relief", paint: { "raster-fade-duration": 0,
      "raster-opacity": ["interpolate", ["linear"], ["zoom"], 3, 0.42, 6, 0.34, 8, 0.16] } },
    { id: "lake", type: "fill", source: "lake",
      filter: ["any", is("rv", 1), [">", ["get", "km2"], ["step", ["zoom"], 900, 5, 200, 7, 15]]],
      paint: { "fill-color": ["case", is("rv", 1), FILM.small, FILM.lake] } },
    { id: "river", type: "line", source: "river", layout: round,
      filter: [">", ["get", "km"], ["step", ["zoom"], 900, 4, 500, 5, 220, 6, 110, 7, 25]],
      paint: { "line-color": FILM.small, "line-opacity": ["interpolate", ["linear"], ["get", "km"], 25, 0.4, 900, 0.95],
        "line-width": ["interpolate", ["exponential", 1.5], ["zoom"],
          3, ["interpolate", ["linear"], ["get", "km"], 200, 0.3, 2500, 1],
          8, ["interpolate", ["linear"], ["get", "km"], 25, 0.7, 900, 2.6]] } },
    { id: "named", type: "line", source: "named", layout: round,
      paint: { "line-color": FILM.river, "line-opacity": 0.9, "line-width": grow(3, 0.9, 6, 2.1, 8, 3.4) } },
    { id: "coast", type: "line", source: "coast", paint: { "line-color": FILM.coast, "line-width": grow(3, 0.5, 8, 1.1) } },
    { id: "border", type: "line", source: "border", layout: { "line-join": "round" },
      paint: { "line-color": FILM.border, "line-width": grow(3, 0.7, 8, 1.6), "line-dasharray": [4, 2.5], "line-opacity": 0.7 } },
    { id: "river-name", type: "symbol", source: "named", minzoom: 3.4,
      layout: { "symbol-placement": "line", "symbol-spacing": 420, "text-max-angle": 50, "text-field": name, "text-font": font,
        "text-size": grow(3, 10, 7, 15), "text-letter-spacing": 0.12, "text-offset": [0, -0.8] },
      paint: { "text-color": FILM.riverText, "text-halo-color": FILM.dark, "text-halo-width": 1.4 } },
    { id: "town-dot", type: "circle", source: "town", filter: ["<=", ["get", "z"], ["+", ["zoom"], 0.6]],
      paint: { "circle-radius": ["case", ["has", "cap"], 2.2, 1.3], "circle-color": FILM.town, "circle-opacity": 0.8 } },
  ];
}

/* Names of the land give way to names of stops: they are placed after them. */
function names({ name, font, latin }) {
  return [
    { id: "town-name", type: "symbol", source: "town", filter: ["<=", ["get", "z"], ["+", ["zoom"], 0.4]],
      layout: { "text-field": name, "text-font": font, "text-anchor": "left", "text-offset": [0.5, 0], "text-padding": 6,
        "text-size": ["interpolate", ["linear"], ["zoom"], 3, ["case", ["has", "cap"], 12.5, 11], 8, ["case", ["has", "cap"], 18, 14]],
        "symbol-sort-key": ["-", 0, ["get", "p"]] },
      paint: { "text-color": ["case", ["has", "cap"], FILM.capital, FILM.town], "text-halo-color": FILM.dark, "text-halo-width": 1.3 } },
    { id: "country-name", type: "symbol", source: "label", maxzoom: 7.5,
      filter: [">", ["get", "r"], ["step", ["zoom"], 3, 3, 1.6, 4, 0.9, 5, 0.3, 6, 0.05]],
      layout: { "text-field": ["get", "n"], "text-font": font, "text-letter-spacing": latin ? 0.34 : 0.2, "text-max-width": 7,
        "text-size": ["interpolate", ["linear"], ["zoom"], 3, ["interpolate", ["linear"], ["get", "r"], 1, 11, 8, 16],
          6, ["interpolate", ["linear"], ["get", "r"], 1, 19, 8, 26]], "symbol-sort-key": ["-", 0, ["get", "r"]] },
      paint: { "text-color": FILM.country, "text-halo-color": FILM.dark, "text-halo-width": 1.6, "text-halo-blur": 0.5, "text-opacity": 0.9 } },
  ];
}

function ways({ font, codes, chosen, stopName, reportName }) {
  const mark = { "icon-allow-overlap": true, "icon-ignore-placement": true };
  const sized = { "icon-size": grow(2.5, 0.6, 4.5, 1), "text-size": grow(2.5, 9, 4.5, 13.5) };
  return [
    { id: "area", type: "circle", source: "areas",
      paint: { "circle-radius": grow(3, 16, 8, 90), "circle-blur": 1, "circle-color": FILM.info, "circle-opacity": 0.16 } },
    { id: "chosen", type: "line", source: "legs", filter: is("id", chosen), layout: round,
      paint: { "line-color": FILM.text, "line-width": grow(3, 9, 8, 16), "line-blur": grow(3, 6, 8, 10), "line-opacity": 0.75 } },
    { id: "leg-touch", type: "line", source: "legs", paint: { "line-color": FILM.text, "line-width": 22, "line-opacity": 0 } },
    ...["closed", "open", "unknown", "back", "branch"].map(leg),
    { id: "plan-glow", type: "line", source: "legs", layout: round,
      filter: ["all", is("line", "planned"), ["!=", ["get", "mode"], "air"]],
      paint: { "line-color": FILM.routeGlow, "line-width": grow(3, 6, 8, 12), "line-blur": grow(3, 5, 8, 10), "line-opacity": 0.5 } },
    leg("planned"),
    { id: "leg-air", type: "line", source: "legs", layout: { "line-cap": "round" },
      filter: ["all", is("mode", "air"), ["!", ["in", ["get", "line"], ["literal", ["unknown", "closed"]]]]],
      paint: { "line-color": ["match", ["get", "line"], "planned", FILM.air, "branch", FILM.warn, FILM.text2],
        "line-width": 1.8, "line-dasharray": [0.1, 3] } },
    { id: "leg-cross", type: "symbol", source: "legs", filter: is("line", "closed"),
      layout: { ...mark, "symbol-placement": "line", "symbol-spacing": 24, "icon-image": "cross" } },
    { id: "letter", type: "symbol", source: "marks", filter: is("line", "branch"),
      layout: { ...mark, ...sized, "icon-image": "diamond", "text-allow-overlap": true, "text-ignore-placement": true,
        "text-font": codes, "text-field": ["get", "letter"] },
      paint: { "text-color": FILM.warn } },
    // The dashes say it of every way; the mark is left out where there is no room, or it would hide what it marks.
    { id: "query", type: "symbol", source: "marks", filter: is("line", "unknown"),
      layout: { ...sized, "icon-image": "disc", "icon-padding": 0, "text-padding": 0, "text-font": codes, "text-field": "?" },
      paint: { "text-color": "#d5d0e2" } },
    { id: "report", type: "circle", source: "reports",
      paint: { "circle-radius": grow(3, 9, 8, 18), "circle-color": "rgba(0,0,0,0)", "circle-stroke-width": 1.6,
        "circle-stroke-color": FILM.info,
        "circle-stroke-opacity": ["interpolate", ["linear"], ["get", "age_d"], 0, 0.95, 14, 0.6, 60, 0.25] } },
    { id: "wait", type: "symbol", source: "places", filter: [">", ["coalesce", ["get", "wait"], 0], 0],
      layout: { ...mark, "icon-image": ["concat", "wait-", ["to-string", ["get", "wait"]]] } },
    { id: "goal", type: "circle", source: "places", filter: is("goal", true),
      paint: { "circle-radius": grow(3, 7, 8, 11), "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": FILM.ring, "circle-stroke-width": 1.4 } },
    { id: "stop", type: "circle", source: "places",
      paint: { "circle-radius": grow(3, 3, 8, 5), "circle-color": FILM.stop, "circle-stroke-width": 1.5,
        "circle-stroke-color": ["case", is("main", true), FILM.ring, FILM.text2] } },
    { id: "report-age", type: "symbol", source: "reports", minzoom: 4,
      layout: { "text-field": reportName, "text-font": font, "text-size": 12, "text-offset": [0, 1.7], "text-optional": true },
      paint: { "text-color": FILM.info, "text-halo-color": FILM.dark, "text-halo-width": 1.4 } },
    { id: "stop-name", type: "symbol", source: "places",
      layout: { "text-field": stopName, "text-font": codes, "text-size": grow(2.5, 12, 3.5, 14, 7, 18),
        "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.8, "text-justify": "auto" },
      paint: { "text-color": FILM.stopText, "text-halo-color": FILM.dark, "text-halo-width": 1.8, "text-halo-blur": 0.4 } },
  ];
}

/* The whole style. `folder` holds the land, `faces` the fonts; `countries` are labels that already have their names. */
export function style({ folder, box, faces, countries, language, passed, days }) {
  const latin = language === "en";
  const all = Object.keys(faces);
  const font = latin ? all : all.filter((family) => family !== "Barlow Condensed");
  const name = latin ? ["get", "n"] : ["coalesce", ["get", language], ["get", "n"]];
  const [west, south, east, north] = box;
  const [before, after] = days.split("{n}");
  const look = { passed, name, font, codes: all, latin, chosen: "", stopName: ["get", "code"],
    reportName: ["concat", before, ["to-string", ["get", "age_d"]], after] };
  return {
    version: 8, "font-faces": faces,
    sources: {
      ...Object.fromEntries(LAYERS.map((layer) => [layer, { type: "geojson", data: `${folder}${layer}.geojson`, tolerance: 0.3 }])),
      relief: { type: "image", url: `${folder}relief.webp`, coordinates: [[west, north], [east, north], [east, south], [west, south]] },
      label: { type: "geojson", data: countries },
      areas: empty(), legs: empty(), marks: empty(), reports: empty(), places: empty(),
    },
    // Symbols are placed from the last layer to the first: stops first, then what the land is called.
    layers: [...ground(look), ...names(look), ...ways(look)],
  };
}
