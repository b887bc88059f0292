/**
 * The icon of the site inside the page. As a file a browser may ask for it again whenever the address bar changes, which
 * on the map is with every hour.
 */
export const iconAddress = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="11" fill="#5d57a4"/><path d="M4.5 10.2c2.5-2.6 5-2.6 7.5 0s5 2.6 7.5 0M4.5 14.6c2.5-2.6 5-2.6 7.5 0s5 2.6 7.5 0" fill="none" stroke="#fff" stroke-width="1.9" stroke-linecap="round"/></svg>',
)}`;
