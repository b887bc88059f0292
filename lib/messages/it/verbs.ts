import type { verbs as English } from "@/lib/messages/en/verbs";

export const verbs: typeof English = {
  "request a run": "chiedere una corsa",
  "start a routine run": "avviare una corsa di routine",
  "cancel their own run": "annullare una corsa",
  "cancel any run": "annullare la corsa di altri",
  "retry their own run": "ritentare una tua corsa",
  "operate any run": "sospendere, cambiare o rieseguire parti di una corsa",
  "decide at gates": "approvare o respingere ciò che attende a un varco",
  "pin files": "proteggere file dalla rimozione",
  "collect garbage": "rimuovere file che non servono più",
  "read logs": "leggere i log",
  "read any product": "leggere i prodotti di altre organizzazioni",
  "read schedules": "vedere le pianificazioni",
  "manage schedules": "cambiare le pianificazioni",
  "import pipelines": "importare pipeline",
  "export pipelines": "esportare pipeline",
  "manage reporting tokens": "vedere e cambiare i token degli script che segnalano corse",
  "delete reported runs": "eliminare corse segnalate da altrove",
  "manage accounts": "vedere e cambiare gli account",
  "read the audit log": "leggere il registro delle azioni",
  "change own password": "cambiare la password",
};
