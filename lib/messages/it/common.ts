import type { Messages } from "@/lib/messages/messages";

export const common: Messages["common"] = {
  close: "Chiudi",
  cancel: "Lascia com’è",
  tryAgain: "Riprova",
  copy: "Copia",
  copied: "Copiato",
  loading: "In caricamento",
  errorTitle: "Non è arrivato.",
  errorKept: "Ciò che hai scritto è conservato.",
  reason: "Motivo",
  reasonHint: "Resta nel registro delle azioni.",
  none: "nessuno",
  noData: "nessun dato",
  notYet: "non ancora",
  optional: "facoltativo",
  age: "{age} fa",
  hours: "ore",
};
