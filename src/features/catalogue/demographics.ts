import type { GroupFeature } from "./feature-definition.js";

export const demographicsFeatures: readonly GroupFeature[] = [
  {
    name: "household_income",
    unit: "money",
    definition: "Household income",
    needs: ["customers.household_income"],
  },
  {
    name: "home_square_feet",
    unit: "square feet",
    definition: "Size of the home",
    needs: ["customers.home_square_feet"],
  },
  {
    name: "is_new_mover",
    unit: "flag",
    definition: "1 if the household moved lately",
    needs: ["customers.is_new_mover"],
  },
  {
    name: "household_size",
    unit: "persons",
    definition: "Persons in the household",
    needs: ["customers.household_size"],
  },
  {
    name: "loyalty_tier",
    unit: "level",
    definition: "Tier of the loyalty programme",
    needs: ["customers.loyalty_tier"],
  },
  {
    name: "region",
    unit: "level",
    definition: "Region of the customer",
    needs: ["customers.region"],
  },
  {
    name: "country",
    unit: "level",
    definition: "Country of the customer",
    needs: ["customers.country"],
  },
  {
    name: "acquisition_channel",
    unit: "level",
    definition: "Channel that brought the customer",
    needs: ["customers.acquisition_channel"],
  },
];
