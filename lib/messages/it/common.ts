import type { common as English } from "@/lib/messages/en/common";

export const common: typeof English = {
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
