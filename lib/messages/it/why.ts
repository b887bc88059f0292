import type { why as English } from "@/lib/messages/en/why";

export const why: typeof English = {
  reasons: {
    ended: "È finito: {state}. {reason}",
    "run-held": "La corsa è sospesa da {by} dal {at}: {reason}",
    "node-held": "Il passo è sospeso da {by} dal {at}: {reason}",
    "task-held": "Il compito è sospeso da {by} dal {at}: {reason}",
    "held-by-pipeline": "La sua pipeline lo sospende finché qualcuno non lo rilascia.",
    "run-cancelling": "La corsa si sta annullando: {reason}",
    "no-worker": "Nessun worker è in funzione. Avvia Nereus, o guarda il suo log.",
    upstream: "Aspetta {node}: {state}, mancano {left} compiti su {total}.",
    "other-run": "Il suo ingresso {input} aspetta un'altra corsa: {workflow} {cycle}",
    deadline: "Il suo ingresso {input} va avanti con ciò che c'è alle {at}.",
    tasks: "{left} dei suoi {total} compiti non sono finiti.",
    planner: "Tutto ciò che lo precede è finito; sta per essere pianificato.",
    "pool-full": "Il gruppo {pool} presso {site} è pieno: {taken} posti su {slots} sono occupati.",
    "no-site": "Nessun sito ha il gruppo {pool}. Aggiungilo a un sito in nereus.config.ts.",
    queue: "{ahead} compiti pronti del gruppo {pool} vengono prima.",
    "next-look": "C'è posto; un worker lo prende al prossimo sguardo.",
    "retry-at": "Si ritenta alle {at}. {reason}",
    preparing: "I suoi ingressi si stanno portando presso {site}.",
    "queued-at-site": "È nella coda di {site} dalle {since}.",
    "at-work": "È in esecuzione presso {site} dalle {since}.",
  },
  somebody: "qualcuno",
  host: "la riga di comando della macchina",
  pipeline: "questa pipeline",
};
