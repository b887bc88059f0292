/** Name and version of the model, written into every file; a change of numbers changes it. */
export const modelVersion = "nereus-transport 0.3.1";
