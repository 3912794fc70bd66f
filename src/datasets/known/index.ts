import type { KnownDataset } from "../registry/known-dataset.js";
import { cdnow } from "./cdnow.js";
import { onlineRetail } from "./online-retail.js";
import { onlineRetailIi } from "./online-retail-ii.js";
import { storeSales } from "./store-sales.js";

/** Built-in datasets other than the demo (`src/datasets/demo`). */
export const importedDatasets: readonly KnownDataset[] = [onlineRetail, onlineRetailIi, cdnow, storeSales];
