/** Media type of a cloud-optimised GeoTIFF. Source: STAC best practices, Working with media types. */
export const cogMediaType = "image/tiff; application=geotiff; profile=cloud-optimized";
