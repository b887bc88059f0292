import type { states as English } from "@/lib/messages/en/states";

export const states: typeof English = {
  pending: "In attesa",
  waiting: "In attesa",
  ready: "Pronta",
  staging: "In preparazione",
  submitted: "Inviata",
  running: "In corso",
  completed: "Completata",
  complete: "Completa",
  partial: "Parziale",
  failed: "Fallita",
  crashed: "Guasto",
  cancelled: "Annullata",
  skipped: "Saltata",
  filtered: "Filtrata",
  expired: "Scaduta",
  held: "Sospesa",
  ended: "Finita",
  interrupted: "Interrotta",
  lost: "Persa",
  fenced: "Esclusa",
};
