import type { GribParameter } from "@/lib/formats/grib/grib-field";

/** A parameter of GRIB2 by discipline, category and number; unknown ones are named by their numbers. */
export function parameter2(discipline: number, category: number, number: number): GribParameter {
  return toParameter(names2.get(`${discipline}-${category}-${number}`), `p${discipline}-${category}-${number}`);
}

/** A parameter of GRIB1 by its table version; tables from 128 on are local, of which we know that of ECMWF. */
export function parameter1(table: number, number: number): GribParameter {
  const names = table >= 128 ? namesEcmwf : names1;
  return toParameter(names.get(number), `p${table}-${number}`);
}

type Name = readonly [shortName: string, title: string, units: string];

function toParameter(name: Name | undefined, fallback: string): GribParameter {
  const [shortName, title, units] = name ?? [fallback, `parameter ${fallback.slice(1)}`, "1"];
  return { shortName, title, units };
}

/** Source: WMO code table 4.2, the parameters of weather forecasts, waves and air quality. */
const names2: ReadonlyMap<string, Name> = new Map([
  ["0-0-0", ["t", "temperature", "K"]],
  ["0-0-2", ["pt", "potential temperature", "K"]],
  ["0-0-4", ["tmax", "maximum temperature", "K"]],
  ["0-0-5", ["tmin", "minimum temperature", "K"]],
  ["0-0-6", ["dpt", "dew point", "K"]],
  ["0-0-10", ["lhtfl", "latent heat flux", "W m-2"]],
  ["0-0-11", ["shtfl", "sensible heat flux", "W m-2"]],
  ["0-1-0", ["q", "specific humidity", "kg kg-1"]],
  ["0-1-1", ["r", "relative humidity", "%"]],
  ["0-1-3", ["pwat", "precipitable water", "kg m-2"]],
  ["0-1-7", ["prate", "precipitation rate", "kg m-2 s-1"]],
  ["0-1-8", ["tp", "total precipitation", "kg m-2"]],
  ["0-1-10", ["acpcp", "convective precipitation", "kg m-2"]],
  ["0-1-13", ["sdwe", "water equivalent of snow", "kg m-2"]],
  ["0-1-22", ["clwmr", "cloud mixing ratio", "kg kg-1"]],
  ["0-1-52", ["tprate", "total precipitation rate", "kg m-2 s-1"]],
  ["0-2-0", ["wdir", "wind direction", "degree"]],
  ["0-2-1", ["ws", "wind speed", "m s-1"]],
  ["0-2-2", ["u", "eastward wind", "m s-1"]],
  ["0-2-3", ["v", "northward wind", "m s-1"]],
  ["0-2-8", ["w", "vertical velocity (pressure)", "Pa s-1"]],
  ["0-2-9", ["wz", "vertical velocity (geometric)", "m s-1"]],
  ["0-2-10", ["absv", "absolute vorticity", "s-1"]],
  ["0-2-17", ["uflx", "eastward momentum flux", "N m-2"]],
  ["0-2-18", ["vflx", "northward momentum flux", "N m-2"]],
  ["0-2-22", ["gust", "wind gust", "m s-1"]],
  ["0-3-0", ["sp", "pressure", "Pa"]],
  ["0-3-1", ["prmsl", "pressure reduced to mean sea level", "Pa"]],
  ["0-3-4", ["z", "geopotential", "m2 s-2"]],
  ["0-3-5", ["gh", "geopotential height", "m"]],
  ["0-3-6", ["h", "geometric height", "m"]],
  ["0-3-18", ["hpbl", "height of the boundary layer", "m"]],
  ["0-4-7", ["dswrf", "downward short-wave radiation", "W m-2"]],
  ["0-5-3", ["dlwrf", "downward long-wave radiation", "W m-2"]],
  ["0-6-1", ["tcc", "total cloud cover", "%"]],
  ["0-6-6", ["cwat", "cloud water", "kg m-2"]],
  ["0-7-6", ["cape", "convective available potential energy", "J kg-1"]],
  ["0-7-7", ["cin", "convective inhibition", "J kg-1"]],
  ["0-13-193", ["pmtf", "fine particulate matter", "ug m-3"]],
  ["0-14-0", ["tozne", "total ozone", "DU"]],
  ["0-19-0", ["vis", "visibility", "m"]],
  ["0-19-1", ["al", "albedo", "%"]],
  ["2-0-0", ["lsm", "land cover (1 = land)", "1"]],
  ["2-0-1", ["sr", "surface roughness", "m"]],
  ["2-0-5", ["watr", "water run-off", "kg m-2"]],
  ["10-0-3", ["swh", "significant wave height", "m"]],
  ["10-0-10", ["dirpw", "primary wave direction", "degree"]],
  ["10-0-11", ["perpw", "primary wave period", "s"]],
  ["10-1-2", ["ocu", "eastward current", "m s-1"]],
  ["10-1-3", ["ocv", "northward current", "m s-1"]],
  ["10-2-0", ["ci", "sea-ice cover", "1"]],
  ["10-3-0", ["wtmp", "water temperature", "K"]],
  ["10-4-3", ["salty", "salinity", "kg kg-1"]],
]);

/** Source: WMO code table 2, versions 1 to 3. */
const names1: ReadonlyMap<number, Name> = new Map([
  [1, ["sp", "pressure", "Pa"]],
  [2, ["prmsl", "pressure reduced to mean sea level", "Pa"]],
  [6, ["z", "geopotential", "m2 s-2"]],
  [7, ["gh", "geopotential height", "m"]],
  [11, ["t", "temperature", "K"]],
  [33, ["u", "eastward wind", "m s-1"]],
  [34, ["v", "northward wind", "m s-1"]],
  [39, ["w", "vertical velocity (pressure)", "Pa s-1"]],
  [52, ["r", "relative humidity", "%"]],
  [61, ["tp", "total precipitation", "kg m-2"]],
  [71, ["tcc", "total cloud cover", "%"]],
]);

/** Source: ECMWF parameter table 128. */
const namesEcmwf: ReadonlyMap<number, Name> = new Map([
  [129, ["z", "geopotential", "m2 s-2"]],
  [130, ["t", "temperature", "K"]],
  [131, ["u", "eastward wind", "m s-1"]],
  [132, ["v", "northward wind", "m s-1"]],
  [133, ["q", "specific humidity", "kg kg-1"]],
  [134, ["sp", "surface pressure", "Pa"]],
  [135, ["w", "vertical velocity (pressure)", "Pa s-1"]],
  [151, ["msl", "mean sea level pressure", "Pa"]],
  [159, ["blh", "height of the boundary layer", "m"]],
  [164, ["tcc", "total cloud cover", "1"]],
  [165, ["10u", "eastward wind at 10 m", "m s-1"]],
  [166, ["10v", "northward wind at 10 m", "m s-1"]],
  [167, ["2t", "temperature at 2 m", "K"]],
  [168, ["2d", "dew point at 2 m", "K"]],
  [228, ["tp", "total precipitation", "m"]],
]);
