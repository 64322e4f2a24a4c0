/* Shapes that the map is given: bent lines, rings with ticks, diamonds. All are for looks: nobody should read a path. */

const STEPS = 28;            // points of a bent line
const BEND = 0.12;           // of its length
const RING = 28;      // px, of the image of a ring

/* From one end to the other along a quadratic curve, in degrees. */
export function bent([from, to], bend) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const middle = [(from[0] + to[0]) / 2 - dy * bend, (from[1] + to[1]) / 2 + dx * bend];
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const t = step / STEPS;
    return [0, 1].map((k) => (1 - t) ** 2 * from[k] + 2 * t * (1 - t) * middle[k] + t * t * to[k]);
  });
}

/* Several ways between the same two places lie beside each other, to the left and to the right in turn. */
export function bentLegs(legs) {
  const beside = new Map();
  return legs.map((leg) => {
    const ends = leg.geometry.coordinates;
    const forward = String(ends[0]) <= String(ends[1]);
    const key = (forward ? ends : [...ends].reverse()).join(" ");
    const count = beside.get(key) ?? 0;
    beside.set(key, count + 1);
    const side = (count % 2 ? -1 : 1) * (forward ? 1 : -1);
    const coordinates = bent(ends, BEND * (1 + 0.75 * Math.floor(count / 2)) * side);
    return { ...leg, geometry: { type: "LineString", coordinates } };
  });
}

/* A point near the fork of each branch, where its letter stands, and one at the middle of each way not known. */
export function marks(legs) {
  const lettered = new Set();
  return legs.flatMap((leg) => {
    const { line, letter } = leg.properties;
    const points = leg.geometry.coordinates;
    const at = (share) => ({ type: "Feature", properties: leg.properties,
      geometry: { type: "Point", coordinates: points[Math.round(share * (points.length - 1))] } });
    if (line === "unknown") return [at(0.5)];
    if (line !== "branch" || !letter || lettered.has(letter)) return [];
    lettered.add(letter);
    return [at(0.25)];
  });
}

function drawn(side, draw) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side * 2;
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  draw(pen, side / 2);
  return pen.getImageData(0, 0, side * 2, side * 2);
}

/* A ring of dashes, with one tick for each day that may be waited. */
export function ring(days, colour) {
  return drawn(RING, (pen, middle) => {
    pen.strokeStyle = colour;
    pen.lineWidth = 1.2;
    pen.setLineDash([2, 2.4]);
    pen.beginPath();
    pen.arc(middle, middle, 9, 0, 2 * Math.PI);
    pen.stroke();
    pen.setLineDash([]);
    for (let day = 0; day < days; day += 1) {
      const turn = (2 * Math.PI * day) / Math.max(days, 8) - Math.PI / 2;
      pen.beginPath();
      pen.moveTo(middle + 9 * Math.cos(turn), middle + 9 * Math.sin(turn));
      pen.lineTo(middle + 13 * Math.cos(turn), middle + 13 * Math.sin(turn));
      pen.stroke();
    }
  });
}

export function diamond(fill, stroke) {
  return drawn(24, (pen, middle) => {
    pen.beginPath();
    pen.moveTo(middle, 1.5);
    pen.lineTo(22.5, middle);
    pen.lineTo(middle, 22.5);
    pen.lineTo(1.5, middle);
    pen.closePath();
    pen.fillStyle = fill;
    pen.strokeStyle = stroke;
    pen.lineWidth = 1.4;
    pen.fill();
    pen.stroke();
  });
}

export function disc(fill, stroke) {
  return drawn(22, (pen, middle) => {
    pen.beginPath();
    pen.arc(middle, middle, 9, 0, 2 * Math.PI);
    pen.fillStyle = fill;
    pen.strokeStyle = stroke;
    pen.lineWidth = 1.3;
    pen.fill();
    pen.stroke();
  });
}

export function cross(colour) {
  return drawn(8, (pen) => {
    pen.strokeStyle = colour;
    pen.lineWidth = 1.4;
    pen.beginPath();
    for (const [x, y] of [[1, 1], [1, 7]]) {
      pen.moveTo(x, y);
      pen.lineTo(8 - x, 8 - y);
    }
    pen.stroke();
  });
}
