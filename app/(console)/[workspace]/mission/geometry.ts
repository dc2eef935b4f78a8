import { type GeoProjection, geoArea, geoBounds, geoConicConformal, geoNaturalEarth1, geoPath } from "d3-geo";
import type { Feature, FeatureCollection, Geometry, Polygon } from "geojson";
import { feature } from "topojson-client";
import world from "world-atlas/countries-50m.json" with { type: "json" };

/** The size of the drawing; it scales to its place. */
export const MAP_WIDTH = 800;
export const MAP_HEIGHT = 480;
const MARGIN = 40;
/** Wider than this in longitude, and the whole world is drawn. */
const WIDEST_REGION = 100;

/** A country's outline as SVG path data, and the middle of its largest part. */
export type Shape = { code: string; path: string; x: number; y: number };
/** `around`: every other country in sight, as one outline. `missing`: countries that the atlas has not. */
export type MapGeometry = { shapes: Shape[]; around: string; missing: string[] };

type Area = Feature<Geometry, { name: string }>;

/** The atlas numbers countries as the UN does; CLDR knows the letters to each number. */
function codeOf(numeric: string | number | undefined): string {
  const name = String(numeric ?? "000").padStart(3, "0");
  const [locale] = Intl.getCanonicalLocales(`und-${name}`);
  return locale?.slice("und-".length) ?? name;
}

let atlas: Map<string, Area> | undefined;

function readAtlas(): Map<string, Area> {
  if (atlas !== undefined) return atlas;
  const { features }: FeatureCollection<Geometry, { name: string }> = feature(world, world.objects.countries);
  // Several territories without a number share the name 000: each keeps an entry of its own.
  atlas = new Map(
    features.map((area, index) => {
      const code = codeOf(area.id);
      return [code === "000" ? `${code}-${index}` : code, area];
    }),
  );
  return atlas;
}

/** The largest part of a country: overseas parts would make the map of Europe a map of the world. */
function mainland({ geometry }: Area): Feature<Polygon> | null {
  if (geometry.type === "Polygon") return { type: "Feature", properties: {}, geometry };
  if (geometry.type !== "MultiPolygon") return null;
  const parts = geometry.coordinates.map(
    (coordinates): Feature<Polygon> => ({
      type: "Feature",
      properties: {},
      geometry: { type: "Polygon", coordinates },
    }),
  );
  return parts.toSorted((a, b) => geoArea(b) - geoArea(a))[0] ?? null;
}

function projectionFor(parts: Feature<Polygon>[]): GeoProjection {
  const whole: FeatureCollection<Polygon> = { type: "FeatureCollection", features: parts };
  const [[west, south], [east, north]] = geoBounds(whole);
  const width = (east - west + 360) % 360;
  const isRegion = width <= WIDEST_REGION && south > 0;
  const projection = isRegion
    ? geoConicConformal()
        .parallels([south + (north - south) / 6, north - (north - south) / 6])
        .rotate([-(west + width / 2), 0])
    : geoNaturalEarth1();
  const box: [[number, number], [number, number]] = [
    [MARGIN, MARGIN],
    [MAP_WIDTH - MARGIN, MAP_HEIGHT - MARGIN],
  ];
  return projection.fitExtent(box, isRegion ? whole : { type: "Sphere" });
}

function draw(codes: readonly string[]): MapGeometry {
  const all = readAtlas();
  const wanted = codes.flatMap((code) => {
    const area = all.get(code);
    const part = area === undefined ? null : mainland(area);
    return area === undefined || part === null ? [] : [{ code, area, part }];
  });
  const missing = codes.filter((code) => !wanted.some((one) => one.code === code));
  if (wanted.length === 0) return { shapes: [], around: "", missing };
  const projection = projectionFor(wanted.map(({ part }) => part));
  projection.clipExtent([
    [-8, -8],
    [MAP_WIDTH + 8, MAP_HEIGHT + 8],
  ]);
  const path = geoPath(projection).digits(1);
  const shapes = wanted.map(({ code, area, part }) => {
    const [x, y] = path.centroid(part);
    return { code, path: path(area) ?? "", x: Math.round(x), y: Math.round(y) };
  });
  const coarse = geoPath(projection).digits(0);
  const around = [...all]
    .filter(([code]) => !codes.includes(code))
    .map(([, area]) => coarse(area) ?? "")
    .join("");
  return { shapes, around, missing };
}

const drawn = new Map<string, MapGeometry>();
const KEPT = 50;

/** The outlines of these countries and what lies around them, fitted to them. Drawn once for each set of countries. */
export function mapOf(codes: readonly string[]): MapGeometry {
  const sorted = codes.toSorted();
  const key = sorted.join();
  const known = drawn.get(key);
  if (known !== undefined) return known;
  if (drawn.size >= KEPT) drawn.clear();
  const geometry = draw(sorted);
  drawn.set(key, geometry);
  return geometry;
}
