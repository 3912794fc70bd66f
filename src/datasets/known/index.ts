import type { KnownDataset } from "../registry/known-dataset.js";
import { cdnow } from "./cdnow.js";
import { onlineRetail } from "./online-retail.js";
import { onlineRetailIi } from "./online-retail-ii.js";
import { storeSales } from "./store-sales.js";

/** The datasets known by name. The demo, which is made and not imported, stands in `src/datasets/demo`. */
export const importedDatasets: readonly KnownDataset[] = [onlineRetail, onlineRetailIi, cdnow, storeSales];
