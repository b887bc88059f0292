import type { ReuseMessages } from "@/lib/messages/en/reuse";

export const reuse: ReuseMessages = {
  reused:
    "Ripreso dal tentativo {attempt} della corsa {run}, finito {at}: nulla di ciò da cui dipende il risultato è diverso.",
  first: "Svolto: di questo passo non si conosce alcun tentativo precedente.",
  again: "Svolto di nuovo: è stato chiesto, o un tentativo precedente di questa corsa non valeva più.",
  changed: "Svolto: rispetto al tentativo {attempt} della corsa {run} ({at}) cambia: {changes}.",
  unfinished: "Svolto: il tentativo {attempt} della corsa {run} ({at}) era uguale, ma non è finito bene.",
  "outputs-gone": "Svolto: {path} del tentativo uguale {attempt} della corsa {run} ({at}) non c'è più com'era.",
  "input-changed": "Svolto: il suo ingresso {path} è cambiato dopo la consegna, perciò non è uguale a nessun altro.",
  changedTo: "{component}: {before} → {after}",
  added: "{component}: nuovo ({after})",
  removed: "{component}: tolto (era {before})",
  more: "altri {count}",
};
