/** Lets the browser keep a text as a file. */
export function saveText({ fileName, text }: { readonly fileName: string; readonly text: string }): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
