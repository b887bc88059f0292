/** Hands a file that the page made to the visitor's downloads. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the content by now.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
