/** Zone in which screens show local time; UTC always stands beside it. The forecast domains lie in it. */
export const portalTimeZone = "Europe/Rome";
