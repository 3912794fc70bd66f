/** Flow of customers from a place on the left to one on the right. */
export interface SankeyFlow {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

/** Place on one side: a bar from `y` to `y + height`, in pixels from the top. */
export interface SankeyNode {
  readonly index: number;
  readonly size: number;
  readonly y: number;
  readonly height: number;
}

/** Flow as a band of constant height between its two places. */
export interface SankeyBand extends SankeyFlow {
  readonly fromY: number;
  readonly toY: number;
  readonly height: number;
}

/** Positions of the bars and bands of a Sankey diagram. */
export interface SankeyLayout {
  readonly left: readonly SankeyNode[];
  readonly right: readonly SankeyNode[];
  readonly bands: readonly SankeyBand[];
  readonly height: number;
}

/** Size options of a Sankey diagram, in pixels. */
export interface SankeyOptions {
  /** Total height of all customers, without gaps. */
  readonly total: number;
  /** Minimum height of a place with its gap, so that each can be labelled. */
  readonly slot: number;
  /** Gap between places. */
  readonly gap: number;
}

/**
 * Lays out a Sankey diagram of two sides. Places are in index order, as high as the sum of their flows, with space for
 * labels. Bands are sorted by the places of the other side, so bands of one place do not cross.
 *
 * @param flows Flows with sizes above 0.
 */
export function sankeyLayout(flows: readonly SankeyFlow[], { total, slot, gap }: SankeyOptions): SankeyLayout {
  const all = flows.reduce((sum, { size }) => sum + size, 0);
  const scale = total / (all || 1);
  const side = (end: "from" | "to"): SankeyNode[] => {
    const sizes = new Map<number, number>();
    for (const flow of flows) sizes.set(flow[end], (sizes.get(flow[end]) ?? 0) + flow.size);
    let top = 0;
    return [...sizes.keys()]
      .sort((a, b) => a - b)
      .map((index) => {
        const size = sizes.get(index) as number;
        const height = scale * size;
        const room = Math.max(height + gap, slot);
        const y = top + (room - height) / 2;
        top += room;
        return { index, size, y, height };
      });
  };
  const [left, right] = [side("from"), side("to")];
  const bottom = (nodes: readonly SankeyNode[]) => Math.max(0, ...nodes.map(({ y, height }) => y + height));
  const height = Math.max(bottom(left), bottom(right)) + slot / 2;
  const next = {
    from: new Map(left.map(({ index, y }) => [index, y])),
    to: new Map(right.map(({ index, y }) => [index, y])),
  };
  const take = (end: "from" | "to", index: number, amount: number) => {
    const y = next[end].get(index) as number;
    next[end].set(index, y + amount);
    return y;
  };
  const bands = [...flows]
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .map((flow) => ({ ...flow, fromY: take("from", flow.from, scale * flow.size), height: scale * flow.size }));
  const arrived = new Map(
    [...bands].sort((a, b) => a.to - b.to || a.from - b.from).map((band) => [band, take("to", band.to, band.height)]),
  );
  return { left, right, height, bands: bands.map((band) => ({ ...band, toY: arrived.get(band) as number })) };
}
