/* The map that moves, over the picture that the server drew. What it shows comes by POST, for this page alone, and is
   gone with it; the land is the same for everybody. Without WebGL, without this file or without an answer, the picture
   and the table stand as they are. One way can be chosen: on the map or in the table, and the other shows it. */

import { bentLegs, cross, diamond, disc, marks, ring } from "./map-shapes.mjs";
import { FILM, LEGS, style } from "./map-style.mjs";

const PROGRAM = "../vendor/maplibre-gl@6.17.0/";
const FACES = new URL("../vendor/fonts/faces.json", import.meta.url);
const CREDIT = "Natural Earth · GSHHG/WDBII · GeoNames CC BY 4.0";
const CHOSEN = "waystation:way";   // an event on the document: somebody chose a way; its detail is {id, from}
const CLOSEST = 8.5;               // the land has no finer detail
const NEAR = 6;                    // how close the map goes by itself
const SMALL = { top: 56, right: 92, bottom: 72, left: 52 };  // px kept free of stops on a phone: controls, and the name of a stop
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

/* ------------------------------------------------------------------------------------------------------- fetching */
async function read(address, options = {}) {
  const answer = await fetch(address, { credentials: "same-origin", redirect: "error", ...options });
  if (!answer.ok || !/json/.test(answer.headers.get("content-type") ?? "")) throw new Error("no answer");
  return answer.json();
}

const geometry = (figure) => read(figure.dataset.source, {
  method: "POST", cache: "no-store", headers: { "X-CSRFToken": figure.dataset.token, Accept: "application/geo+json" } });

/* What a feature is, by what it says of itself. */
function kind({ geometry: shape, properties: said }) {
  if (!shape) return "none";
  if (said.is) return said.is;
  if (shape.type === "LineString") return "leg";
  if ("age_d" in said) return "report";
  return "country" in said && !("kind" in said) ? "area" : "place";
}

function sorted(told) {
  const of = (wanted) => told.features.filter((feature) => kind(feature) === wanted);
  const legs = bentLegs(of("leg"));
  const places = of("place").map((place) => {
    const { state, wait } = place.properties;
    return { ...place, properties: { ...place.properties, wait: Math.min(9, Number(wait ?? (state === "wait" ? 1 : 0))) } };
  });
  return { legs, places, marks: marks(legs), areas: of("area"), reports: of("report") };
}

/* The reader's browser knows what countries are called in the reader's language. */
function named(labels, language) {
  const names = new Intl.DisplayNames([language, "en"], { type: "region", style: "short" });
  for (const { properties } of labels.features) {
    const name = names.of(properties.c);
    properties.n = language === "en" ? name.toUpperCase() : name;
  }
  return labels;
}

/* -------------------------------------------------------------------------------------------------------- drawing */
const collection = (features) => ({ type: "FeatureCollection", features });

function bounds(places) {
  const [x, y] = [0, 1].map((axis) => places.map((place) => place.geometry.coordinates[axis]));
  return [[Math.min(...x), Math.min(...y)], [Math.max(...x), Math.max(...y)]];
}

function images(map, days) {
  const put = (name, image) => map.addImage(name, image, { pixelRatio: 2 });
  put("cross", cross(FILM.text3));
  put("diamond", diamond("#15100a", FILM.warn));
  put("disc", disc("#121116", FILM.unknown));
  for (const wait of days) put(`wait-${wait}`, ring(wait, FILM.warn));
}

function sheet(address) {  // the program's own style, only where the program runs
  return new Promise((done, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: done, onerror: failed });
    document.head.append(link);
  });
}

async function build(figure, live) {
  const { dataset } = figure;
  const language = document.documentElement.lang.split("-")[0] || "en";
  const program = new URL(PROGRAM, import.meta.url);
  const land = await read(dataset.land);
  const folder = new URL(`${land.folder}/`, new URL(dataset.land, location.href)).href;
  const [{ Map: Film, NavigationControl, AttributionControl }, faces, labels, told] = await Promise.all([
    import(`${PROGRAM}maplibre-gl.mjs`), read(FACES), read(`${folder}label.geojson`), geometry(figure),
    sheet(new URL("maplibre-gl.css", program).href)]);
  for (const face of Object.values(faces).flat()) face.url = new URL(face.url, FACES).href;
  const shown = sorted(told);
  if (!shown.places.length) throw new Error("no place");
  const passed = [...new Set(shown.areas.map((area) => area.properties.country).filter(Boolean))];
  live.hidden = false;
  const map = new Film({
    container: live, attributionControl: false, renderWorldCopies: false, maxZoom: CLOSEST, minZoom: 1,
    style: style({ folder, box: land.box, faces, countries: named(labels, language), language, passed, days: dataset.days }),
    bounds: bounds(shown.places), fitBoundsOptions: { padding: live.clientWidth > 700 ? 72 : SMALL, maxZoom: NEAR },
    fadeDuration: still ? 0 : 120, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches, canvasContextAttributes: { antialias: true },
    transformRequest: (url) => { if (new URL(url, location.href).origin !== location.origin) throw new Error("elsewhere"); return { url }; },
    locale: { "Map.Title": dataset.mapTitle, "NavigationControl.ZoomIn": dataset.zoomIn, "NavigationControl.ZoomOut": dataset.zoomOut,
      "CooperativeGesturesHandler.MobileHelpText": dataset.twoFingers },
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new AttributionControl({ compact: false, customAttribution: CREDIT }), "bottom-right");
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  await new Promise((done, failed) => { map.once("load", done); map.once("error", failed); });
  map.on("error", () => {});  // one missing letter or tile is not worth a word in the console
  images(map, new Set(shown.places.map((place) => place.properties.wait).filter(Boolean)));
  for (const [source, features] of Object.entries(shown)) map.getSource(source).setData(collection(features));
  return { map, shown, fictional: told.fictional === true };
}

/* ------------------------------------------------------------------------------------------------------- choosing */
function table(figure) {
  return document.getElementById(figure.dataset.table);
}

function choose(id, from) {
  document.dispatchEvent(new CustomEvent(CHOSEN, { detail: { id, from } }));
}

/* Rows of a table: chosen by a click, or when something in them has the focus. */
function listen(figure) {
  const rows = table(figure);
  const chosen = (event) => event.target.closest?.("[data-leg]")?.dataset.leg;
  for (const act of ["click", "focusin"]) {
    rows?.addEventListener(act, (event) => { if (chosen(event)) choose(chosen(event), "table"); });
  }
  document.addEventListener(CHOSEN, ({ detail: { id, from } }) => {
    for (const row of rows?.querySelectorAll("[data-leg]") ?? []) {
      const mine = row.dataset.leg === id;
      row.classList.toggle("chosen", mine);
      if (mine) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      if (mine && from === "map") row.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    }
  });
}

function touch(map, shown) {
  map.on("click", ({ point: { x, y } }) => {
    const [hit] = map.queryRenderedFeatures([[x - 8, y - 8], [x + 8, y + 8]], { layers: [...LEGS, "leg-touch"] });
    choose(hit?.properties.id ?? "", "map");
  });
  map.on("mouseenter", "leg-touch", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "leg-touch", () => { map.getCanvas().style.cursor = ""; });
  return (id) => {
    map.setFilter("chosen", ["==", ["get", "id"], id]);
    const leg = shown.legs.find((one) => one.properties.id === id);
    const ends = leg && [leg.geometry.coordinates[0], leg.geometry.coordinates.at(-1)];
    if (ends && !ends.every((end) => map.getBounds().contains(end))) {
      map.fitBounds(bounds(ends.map((coordinates) => ({ geometry: { coordinates } }))), { padding: 72, maxZoom: NEAR, animate: !still });
    }
    return leg;
  };
}

function keys(figure, map) {
  let open = "";
  document.addEventListener(CHOSEN, ({ detail }) => { open = detail.id; });
  map.getCanvas().addEventListener("keydown", (event) => {
    const rows = table(figure);
    const row = [...(rows?.querySelectorAll("[data-leg]") ?? [])].find((one) => one.dataset.leg === open);
    if (event.key === "Escape") (row?.querySelector("a, button") ?? rows?.querySelector("a, button") ?? figure).focus();
    else if (event.key === "Enter") row?.querySelector("a")?.click();
  });
  for (const button of figure.querySelectorAll(".maplibregl-ctrl button")) button.tabIndex = -1;  // one stop: + and − are keys
}

/* ------------------------------------------------------------------------------------------------------- starting */
function say(figure, words) {
  const told = figure.querySelector(".map-told");
  told.textContent = words;
  told.hidden = false;
}

function ready() {
  document.body.dataset.ready = "1";
}

async function start(figure) {
  listen(figure);
  if (!figure.dataset.source) return;
  const test = document.createElement("canvas").getContext("webgl2");
  if (!test) { say(figure, figure.dataset.none); ready(); return; }
  test.getExtension("WEBGL_lose_context")?.loseContext();
  const live = figure.querySelector(".map-live");
  try {
    const { map, shown, fictional } = await build(figure, live);
    const light = touch(map, shown);
    document.addEventListener(CHOSEN, ({ detail: { id } }) => {
      const { code, from, to } = light(id)?.properties ?? {};
      figure.querySelector(".map-chosen").textContent = code ? `${code}: ${from} → ${to}` : "";
    });
    keys(figure, map);
    window.addEventListener("pagehide", () => map.remove(), { once: true });
    map.once("idle", () => {
      figure.querySelector(".map-twin").hidden = true;
      for (const part of figure.querySelectorAll(".map-frame, .map-schematic, .map-help")) part.hidden = false;
      if (fictional) figure.querySelector(".map-stamp").hidden = false;
      figure.classList.add("drawn");
      figure.dataset.ways = String(new Set(map.queryRenderedFeatures({ layers: LEGS }).map((one) => one.properties.id)).size);
      figure.dataset.stops = String(map.queryRenderedFeatures({ layers: ["stop"] }).length);
      ready();
    });
  } catch {  // which part failed is nothing that a reader could mend
    live.replaceChildren();
    live.hidden = true;
    say(figure, figure.dataset.failed);
    ready();
  }
}

for (const figure of document.querySelectorAll("figure[data-map]")) start(figure);
