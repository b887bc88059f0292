import type { CliMessages } from "@/lib/messages/en/cli";

export const cli: CliMessages = {
  start: {
    "copy-binaries": "Copio il server del database (60 MB, una volta)",
    "create-database": "Creo il database (una volta)",
    "start-database": "Avvio il database",
    "join-database": "Il database è già in funzione; lo uso",
    migrate: "Aggiorno il database",
    "own-database": "Uso il PostgreSQL di DATABASE_URL",
    "start-worker": "Avvio il worker",
    build: "Costruisco le pagine (solo dopo una modifica; circa un minuto)",
    "start-web": "Avvio il server web",
    forecast: "Chiedo una prima previsione ({pipeline}); la mappa appare mentre viene calcolata",
    address: "Nereus è pronto: {address}",
    admin: "Amministratore: {email}, password monouso: {password} (mostrata una volta; cambiala al primo accesso)",
    stopHint: "Ctrl-C ferma tutto.",
    stopping: "Mi fermo ...",
    stopped: "Fermato.",
    "database-ended": "Il database è finito all'improvviso; funziona di nuovo.",
    "child-ended":
      "Il processo {child} è finito all'improvviso ({how}); le ultime righe sono in {log}. Lo riavvio fra {seconds} s.",
  },
  usage: {
    help: `Uso: npm run -s nereus -- <comando> [opzioni]

  run <pipeline> --input chiave=valore ...   avvia un'esecuzione; --wait la segue fino alla fine
  run <pipeline> --simulate [--slots <n> | <gruppo>=<n>] [--duration <nodo>=<secondi>] [--files <nodo>=<n>]
                                         quando finirebbe; nulla viene avviato
  runs [--pipeline <id>] [--state <s>]       le esecuzioni più recenti
  show <run>                                 un'esecuzione con i suoi compiti
  why <run> [--node <n>] [--task <chiave>]
                                         che cosa aspetta una corsa, un passo o un compito
  cancel <run> --reason <testo>              ferma un'esecuzione
  approve | reject <run> --node <n> [--task <key> ...] --reason <testo>
                                         decide ciò che attende a un varco
  hold | release | skip | expire | force <run> [--node <n>] [--task <chiave> ...] --reason <testo>
                                         sospendi, rilascia, salta, fai scadere, forza
  rerun <run> [--node <n>] [--task <chiave> ...] [--downstream] --reason <testo>
                                         senza --node: ciò che è fallito; --downstream: e tutto ciò che ne è venuto
  priority <run> [--node <n>] [--task <chiave> ...] --value <n> --reason <testo>
  set-output <run> --node <n> [--task <chiave>] [--file [<percorso>=]<file> ...] [--artifact <id> ...] --reason <testo>
                                         per ognuno: --preview dice che cosa succederebbe, e non cambia nulla
  schedule list | add <pipeline> --cron <cinque campi o R/inizio/durata> [--time-zone <fuso>]
             [--overlap allow|skip|queue|cancel-previous] [--catch-up <n>] [--runahead <n>] [--input chiave=valore]
           | show <id>
           | pause <id> --reason <testo> | resume <id> | remove <id>
  sites [list] | sites check <sito>      dove gira il lavoro; check ne prova uno da capo a fondo
  inspect <file o indirizzo> ...         che cos'è e che cosa contiene un file; --values legge ogni numero
  backfill <pipeline> --from <giorno> --to <giorno> [--schedule <id>] [--limit <n>] [--reason <testo>] [--preview]
                                         esegue i cicli di un intervallo che non hanno ancora una corsa
  import <file> [--format json|dagonstar] [--as <id>] [--preview]
                                         prende una pipeline da un file; le corse che ci sono tengono la loro versione
  export <pipeline> [--format json|dagonstar|capio-cl]      stampa la definizione di una pipeline
  dagon-token list | create <etichetta> | revoke <id>
                                         indirizzi a cui gli script DAGonStar segnalano le loro corse
  pin | unpin <run> [--node <n>] --reason <testo>
                                         protegge file, o li rilascia
  gc [--preview]                         rimuove i file che non servono più; --preview dice quali
  doctor                                 che cosa c'è, che cosa non va e come rimediare

Opzioni di ogni comando: --json  --lang en|it  --verbose
run: --wait  --require-complete   (codice 0 completata, 1 fallita, 2 uso errato, 3 parziale con --require-complete)`,
    "site-unknown": "Non c'è il sito “{site}” in nereus.config.ts. Conosciuti: {known}.",
    "command-unknown": "Non c'è un comando “{command}”. Prova: npm run -s nereus -- help",
    "argument-missing": "{command} richiede {argument}. Prova: npm run -s nereus -- help",
    "option-invalid": "{problem} Prova: npm run -s nereus -- help",
    "input-format": "--input {text} non ha la forma chiave=valore.",
    "language-unknown": "Non c'è la lingua “{language}”. Usa una di: {known}.",
  },
  run: {
    queued: "L'esecuzione {run} di {pipeline} è in coda",
    "in-process": "Nessun server è attivo; lavoro in questo processo",
    "live-server": "Un server è attivo; fa lui il lavoro",
    task: "{node}: {state}",
    published: "{product}: {steps} passi pubblicati",
    ended: "Esecuzione {run}: {state}, {completeness}, {seconds} s",
    simulated: "{pipeline} finirebbe dopo {seconds} s, alle {at} ({slots}).",
    "simulated-never": "{pipeline} aspetterebbe qualcosa che non arriva mai ({slots}).",
    "simulated-like": "Durate e file sono quelli della corsa {run}.",
    "simulated-unknown":
      "Di {nodes} non si conosce la durata: qui non prendono tempo. Dalla con --duration nodo=secondi.",
    "simulated-node": "  {node}: {tasks} attività, da {from} s a {to} s",
    "expected-end": "fine prevista {at}",
    late: "in ritardo: doveva finire entro {deadline}",
    cancelled: "All'esecuzione {run} è stato chiesto di fermarsi.",
    approved: "{node} dell'esecuzione {run} è approvato.",
    rejected: "{node} dell'esecuzione {run} è respinto.",
    "input-changed": "{path} è cambiato dopo la consegna; ciò che questo compito ne ha fatto può essere sbagliato.",
    none: "Non c'è ancora nessuna esecuzione.",
  },
  schedule: {
    added: "Pianificazione {id} aggiunta; prossima esecuzione {next}.",
    paused: "La pianificazione {id} è in pausa.",
    resumed: "La pianificazione {id} riprende.",
    removed: "La pianificazione {id} è tolta.",
    none: "Non c'è ancora nessuna pianificazione.",
  },
  inspect: {
    file: "{file}: {format}, {sizeBytes} byte",
    times: "tempi: {count}, da {first} a {last}",
    grid: "griglia: {projection}, {nX} x {nY}",
    box: "riquadro: x da {west} a {east}, y da {south} a {north}",
    records: "righe: {count} ({columns})",
    variable: "  {name}: {shape} {dtype}{units}{title}",
    values: "    da {min} a {max}, media {mean}, {missing} mancanti",
    problem: "problema: {text}",
  },
  sites: {
    connection: "Connessione: {host} risponde",
    space: "Cartella {scratch}: {freeGb} GB liberi",
    "space-bad": "Cartella {scratch}: solo {freeGb} GB liberi; ne servono almeno {neededGb}.",
    queue: "Coda: {partitions}",
    "queue-bad": "Coda: non c'è la partizione {partition}; correggi quella del sito.",
    job: "Lavoro {jobId}: eseguito su {host}, {seconds} s dall'invio al risultato; node {version}",
    "job-bad": "Il lavoro di prova è terminato con codice {exitCode} su {host}: {stderr}",
    "node-bad":
      "Su {host} “{node}” non è Node 20.19 o più recente (dice “{version}”). Dai al sito il percorso intero, o un modulo.",
    good: "Il sito {site} è pronto.",
    bad: "Il sito {site} non è pronto; correggi ciò che è segnato con !!",
  },
  cycle: {
    overlap: "aspetta la fine di {about}, o è saltato a causa di quello",
    runahead: "aspetta: al massimo {about} cicli della pipeline insieme",
    backfill: "aspetta: al massimo {about} cicli del recupero insieme",
    paused: "aspetta: la pianificazione è sospesa",
    missed: "saltato: a quell'ora nessun worker era attivo",
    superseded: "saltato: intanto è arrivato {about}",
    removed: "saltato: la sua pianificazione è stata eliminata",
    refused: "non può ancora partire: {about}",
  },
  backfill: {
    preview: "{pipeline}: partirebbero {toRun} cicli su {count}.",
    started: "{pipeline}: partiranno {toRun} cicli su {count}.",
  },
  import: {
    "would-be-new": "{pipeline}: nuova, {nodes} nodi, versione {version}. Non è stato salvato nulla.",
    "would-be-changed": "{pipeline}: un'altra versione, {version}, {nodes} nodi. Non è stato salvato nulla.",
    "would-be-unchanged": "{pipeline}: la stessa versione, {version}.",
    "is-new": "{pipeline} è importata: {nodes} nodi, versione {version}.",
    "is-changed": "{pipeline} ha una nuova versione, {version}, {nodes} nodi; le corse che ci sono tengono la loro.",
    "is-unchanged": "{pipeline} è già a questa versione, {version}.",
    unrunnable: "  {node} qui non può girare: {why}",
  },
  dagonToken: {
    created:
      "Il token {id} ({label}) è pronto. Nel dagon.ini dello script, mostrato solo ora:\n[dagon_service]\nuse = True\nroute = {route}",
    revoked: "Il token {id} è revocato. Ciò che ha segnalato resta.",
    none: "Non c'è ancora alcun token.",
  },
  garbage: {
    would: "{run} {node}/{path}: {sizeBytes} byte",
    "would-sum": "{files} file verrebbero rimossi; {held} dei {total} esaminati servono ancora o sono protetti.",
    freed: "Rimossi {files} file di {runs} corse, liberati {bytes} byte di disco; dimenticate {oldRuns} corse vecchie.",
    pinned: "I file della corsa {run} sono protetti finché non vengono rilasciati.",
    unpinned: "I file della corsa {run} non sono più protetti.",
  },
  doctor: {
    freed: "Liberati negli ultimi 30 giorni: {freedGb} GB in {files} file{last}.",
    node: "Node {version}",
    "node-old": "Node {version} è troppo vecchio; installa {needed} o più recente.",
    config: "Configurazione: {file}",
    "config-default": "Configurazione: tutti i valori predefiniti (nessun nereus.config.ts)",
    home: "Cartella {path}: {freeGb} GB liberi",
    "home-low":
      "Cartella {path}: solo {freeGb} GB liberi; liberane almeno {neededGb} o scegline un'altra con NEREUS_HOME.",
    folder: "{name}: {sizeGb} di {limitGb} GB",
    "folder-full":
      "{name}: {sizeGb} GB, oltre il limite di {limitGb} GB; togli il contenuto vecchio di {path} o alza sizeLimitsGb.",
    database: "PostgreSQL {version} ({kind})",
    programs: "Programmi: {names}",
    "programs-missing": "Nessun programma è pronto; esegui npm run build.",
    "met-source": "Fonte meteo {name} ({kind}): {detail}",
    "met-source-absent": "Fonte meteo {name}: {detail}; correggi metSources in nereus.config.ts.",
    "met-folder-missing": "la cartella {path} non si può leggere",
    "met-pipeline-missing": "non c'è una pipeline {pipeline}",
    tool: "{tool} c'è (serve solo ai test)",
    "tool-missing": "{tool} non c'è; serve solo ai test (pacchetto Debian {package}).",
    leftover: "{path} contiene il database di {home}, che non esiste più; togli la cartella se non serve.",
    good: "Tutto bene.",
    bad: "Da sistemare: {count}.",
  },
};
