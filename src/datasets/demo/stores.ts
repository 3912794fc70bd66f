/** Store of the demo shop. */
export interface Store {
  readonly id: string;
  readonly region: string;
  readonly city: string;
  readonly openedOn: string;
  /** Relative number of customers whose home store it is. */
  readonly weight: number;
}

/** Stores, by region. */
export const demoStores: readonly Store[] = [
  { id: "S01", region: "Berlin", city: "Berlin", openedOn: "1998-03-12", weight: 14 },
  { id: "S02", region: "Berlin", city: "Berlin", openedOn: "2006-09-01", weight: 9 },
  { id: "S03", region: "Hamburg", city: "Hamburg", openedOn: "1999-05-20", weight: 10 },
  { id: "S04", region: "Bavaria", city: "Munich", openedOn: "1999-10-07", weight: 12 },
  { id: "S05", region: "Bavaria", city: "Nuremberg", openedOn: "2004-04-15", weight: 6 },
  { id: "S06", region: "Bavaria", city: "Augsburg", openedOn: "2011-06-09", weight: 4 },
  { id: "S07", region: "North Rhine-Westphalia", city: "Cologne", openedOn: "2000-02-24", weight: 10 },
  { id: "S08", region: "North Rhine-Westphalia", city: "Düsseldorf", openedOn: "2003-11-13", weight: 8 },
  { id: "S09", region: "North Rhine-Westphalia", city: "Dortmund", openedOn: "2008-08-21", weight: 6 },
  { id: "S10", region: "Hesse", city: "Frankfurt", openedOn: "2001-03-29", weight: 8 },
  { id: "S11", region: "Baden-Württemberg", city: "Stuttgart", openedOn: "2002-05-16", weight: 7 },
  { id: "S12", region: "Baden-Württemberg", city: "Freiburg", openedOn: "2014-10-02", weight: 3 },
  { id: "S13", region: "Saxony", city: "Leipzig", openedOn: "2005-09-22", weight: 6 },
  { id: "S14", region: "Saxony", city: "Dresden", openedOn: "2009-03-19", weight: 4 },
  { id: "S15", region: "Lower Saxony", city: "Hanover", openedOn: "2007-04-26", weight: 5 },
];
