import type { shell as English } from "@/lib/messages/en/shell";

export const shell: typeof English = {
  skip: "Vai al contenuto",
  main: "Principale",
  map: "Mappa",
  requests: "Richieste",
  runs: "Esecuzioni",
  data: "Dati",
  admin: "Gestione",
  language: "Lingua",
  theme: "Tema",
  themeLight: "Chiaro",
  themeDark: "Scuro",
  themeSystem: "Come il sistema",
  account: "Account",
  signIn: "Accedi",
  signOut: "Esci",
  changePassword: "Cambia la password",
  notFoundTitle: "A questo indirizzo non c’è nulla.",
  notFoundText: "L’indirizzo può essere scritto male, o ciò che c’era è stato tolto.",
  toMap: "Apri la mappa",
  description: "Previsioni di meteo, mare, fumo e qualità dell’acqua, con i dati che le reggono.",
};
