import type { ErrorCode } from "@/lib/errors";

export const errors: Record<ErrorCode, string> = {
  "sign-in-required": "Accedi per {verb}.",
  "not-permitted": "Il tuo ruolo ({role}) non può {verb}; serve {needed}. Chiedi a un amministratore.",
  "farms-too-many": "Tu e la tua organizzazione avete già {limit} allevamenti, il massimo. Togline uno prima.",
  "account-unknown": "Non esiste l'account «{account}».",
  "email-taken": "Esiste già un account per {email}. Usa un altro indirizzo o modifica quello.",
  "last-admin": "{email} è l'unico amministratore. Prima nomina un altro amministratore.",
  "password-wrong": "La password attuale non è giusta. Scrivila di nuovo.",
  "password-too-short": "Una password di {length} caratteri è troppo corta. Usane {needed} o più.",
  "sign-in-refused":
    "Indirizzo e password non corrispondono. Controlla entrambi, o chiedi una nuova password a un amministratore.",
  "input-invalid": "{field}: {problem}",
  "host-file-not-allowed":
    "{field} indica un file dell'host, che solo la sua riga di comando può dare. Chiedi a un operatore di avviare la corsa.",
  "pipeline-unknown": "Non esiste la pipeline «{pipeline}». Note: {known}.",
  "run-unknown": "Non esiste la corsa «{run}». Elenca le corse per trovarne l'identificativo.",
  "run-already-ended": "La corsa {run} è già finita ({state}); non è cambiato nulla.",
  "reason-missing": "Di' perché: l'azione di un operatore vuole un motivo.",
  "node-unknown": "La corsa {run} non ha il nodo «{node}». Noti: {known}.",
  "task-unknown": "Il nodo {node} non ha il compito «{task}». Noti: {known}.",
  "task-needed": "Il nodo {node} ha {count} compiti. Indicane uno con la sua chiave.",
  "task-already-ended":
    "Il compito «{task}» del nodo {node} è già finito ({state}); non è cambiato nulla. Per rifarlo usa rerun.",
  "operator-target":
    "«{action}» riguarda: {targets} (run, la corsa: senza nodo; node: indica il nodo; tasks: il nodo e le chiavi dei compiti).",
  "nothing-to-do": "«{action}» non cambierebbe nulla di {target}. Chiedi il perché per vedere a che punto è.",
  "node-without-tasks": "Il nodo {node} non ha ancora compiti ({state}). Rifai un nodo che lo precede, o forzalo.",
  "run-not-ended": "La corsa {run} non è finita ({state}). Indica il nodo da rifare, o annulla prima la corsa.",
  "run-nothing-failed": "Nella corsa {run} nulla è fallito. Indica il nodo da rifare.",
  "rerun-publishes-partly":
    "Così si ripubblicherebbe solo una parte di {product}. Riesegui tutto {node} con tutto ciò che ne è venuto.",
  "run-changed": "Intanto qualcun altro ha rifatto la corsa {run}; non è cambiato nulla. Guardala di nuovo.",
  "run-being-cancelled": "La corsa {run} si sta annullando. Aspettane la fine, poi rifalla.",
  "priority-invalid": "«{value}» non è una priorità. Scrivi un numero intero da -{limit} a {limit}.",
  "output-file-not-allowed":
    "«{file}» è un file della macchina; solo la sua riga di comando può darne uno. Indica l'identificativo di un file già prodotto.",
  "artifact-unknown": "Non esiste il file prodotto «{artifact}». La pagina della sua corsa li elenca.",
  "output-already-committed":
    "Il nodo {node} ha già consegnato {path}, e altri possono averlo letto. Rifai il compito.",
  "output-wanted": "Il nodo {node} deve produrre {pattern}; dai anche un file così.",
  "output-publishes": "Il nodo {node} pubblica {product}; le sue uscite non si impostano a mano. Rifallo.",
  "attempt-unknown": "Non esiste il tentativo «{attempt}».",
  "program-not-bundled": "Il programma {program} non è in {folder}. Esegui prima npm run build.",
  "task-lost": "Il lavoro del nodo {node} è andato perso nel sito {site}: non ha lasciato alcun risultato.",
  "task-out-of-memory": "Il nodo {node} ha bisogno di più memoria dei {memoryMb} MB che aveva.",
  "task-stopped": "Il lavoro del nodo {node} è stato fermato nel sito {site} da qualcun altro, prima della fine.",
  "task-timed-out": "Il nodo {node} non è finito entro i suoi {seconds} s ed è stato fermato.",
  "schedule-kind": "La pipeline {pipeline} è su richiesta e non si può pianificare. Scegli una pipeline di routine.",
  "definition-invalid": "Pipeline {pipeline}, {place}: {problem}",
  "reference-invalid": "{place}: il riferimento «{text}» {problem}",
  "expression-invalid": "L'espressione «{expression}» è sbagliata alla colonna {column}: {problem}",
  "expression-failed": "L'espressione «{expression}» non ha un valore: {problem}",
  "run-input-missing": "Nei dati della corsa manca: {fields}. Va compilato.",
  "import-invalid": "{file}, {place}: {problem}",
  "import-format": "{file} non si può importare: {problem}",
  "import-built-in":
    "«{pipeline}» fa parte del programma e non si sostituisce. Importa il file con un altro nome: --as <id>.",
  "pipeline-unrunnable":
    "La pipeline {pipeline} qui non può girare a causa di {nodes}. Esportala, cambia quei nodi e importala di nuovo.",
  "dagon-token-unknown": "Il token {token} non è noto o è stato revocato. Chiedine un altro a un amministratore.",
  "external-run-unknown": "Questo token non ha il flusso «{run}». Registralo prima.",
  "external-task-unknown": "Il flusso {run} non ha il compito «{task}». Aggiungilo prima.",
  "external-name-taken": "C'è già un flusso «{name}» ({id}); non è cambiato nulla. Usa un altro nome.",
  "report-invalid": "La segnalazione non si può leggere: {problem}",
  "fan-out-too-wide":
    "Il nodo {node} avrebbe {count} compiti; il limite è {limit}. Riduci l'ingresso o alza il limite.",
  "schedule-unknown": "Non esiste la pianificazione «{schedule}».",
  "cron-invalid":
    "L'espressione cron «{cron}» non è valida: {problem}. Servono cinque campi: minuto, ora, giorno, mese, giorno della settimana.",
  "time-zone-unknown": "Non esiste il fuso orario «{timeZone}». Usa un nome come Europe/Rome.",
  "recurrence-invalid":
    "La ricorrenza «{recurrence}» non è valida: {problem}. Serve R/2026-07-01T00:00/P1D, R5/inizio/fine o R5/durata/fine.",
  "cycle-invalid": "«{text}» non è un ciclo. Scrivi 2026-07-01, 2026-07-01T06Z o 2026-07-01T06:10Z.",
  "backfill-range":
    "Da {from} a {to} ci sono {count} cicli; un recupero ne accetta da 1 a {limit}. Scegli un altro intervallo.",
  "backfill-schedule": "La pipeline {pipeline} ha più pianificazioni ({schedules}). Indica quale con --schedule.",
  "command-failed": "«{command}» è finito con codice {exitCode} (segnale {signal}). Ultime righe: {stderrTail}",
  "command-timed-out": "«{command}» non è finito entro {seconds} s ed è stato fermato.",
  "output-missing": "Il nodo {node} è finito bene ma non ha prodotto alcun file che corrisponda a {pattern}.",
  "manifest-invalid":
    "Ciò che il job dice dei suoi file (out/.manifest.jsonl) non è utilizzabile, riga {line}: {problem}. Ogni riga è un oggetto JSON con path, mimeType e metadata.",
  "output-cut":
    "Il nodo {node} è finito bene ma ha lasciato file più corti di quanto dice la loro intestazione: {paths}.",
  "secret-unknown":
    "Al nodo {node} serve il segreto {secret}, che questo host non dà. Nominalo sotto secrets in nereus.config.ts e imposta la variabile per il worker.",
  "secret-not-carried":
    "Al nodo {node} serve il segreto {secret}, che non viene portato al sito {site}: vi resterebbe in un file. Esegui il nodo su questa macchina.",
  "input-collected":
    "Al nodo {node} serve {producer}/{path}, rimosso il {at} perché non serviva più. Riesegui {producer} con tutto ciò che ne deriva.",
  "pin-exists": "I file della corsa {run}{node} sono già protetti.",
  "pin-unknown": "I file della corsa {run}{node} non sono protetti da nessuno.",
  "pin-node-unknown": "La corsa {run} non ha il passo {node}. Noti: {known}.",
  "input-missing": "Al nodo {node} serve {reference}, che non c'è. Chi doveva produrlo non l'ha fatto.",
  "path-leaves-scratch": "Il percorso «{path}» esce dalla cartella del compito; sono ammessi solo percorsi interni.",
  "artifact-changed": "{path} è cambiato dopo la consegna (sha256 {got} invece di {wanted}).",
  "program-failed":
    "Il programma {program} è finito con codice {exitCode} (segnale {signal}). Ultime righe: {stderrTail}",
  "fragment-invalid": "Il frammento pubblicato di {product} non è utilizzabile: {problem}",
  "product-unknown":
    "Non esiste il prodotto «{product}» della corsa {run}. Forse non ha ancora pubblicato il primo istante.",
  "open-file-unknown":
    "Non c'è nulla in {path} tra i file aperti. I percorsi sono prodotto/dominio/archive/AAAA/MM/GG; si parte da /files.",
  "subset-parameter-invalid": "Il parametro {parameter} è “{value}”; atteso {expected}.",
  "subset-outside-grid":
    "Nessuna cella di {product} ha il centro in quell'area. Il dominio va da {west} a {east} E, da {south} a {north} N.",
  "subset-outside-times":
    "{product} non ha passi pubblicati da {from} a {to}. Il documento di copertura elenca quelli esistenti.",
  "subset-too-large":
    "La parte richiesta di {product} contiene {cells} valori, più di {limitCells}. Chiedi meno ore, meno variabili o un'area più piccola, oppure leggi lo Zarr.",
  "upload-too-large":
    "{file} supera {limitBytes} byte, il massimo che si può esaminare qui. Usa nereus inspect sul tuo computer.",
  "preview-unknown": "Quel file non è più conservato: i file inviati restano un'ora. Invialo di nuovo.",
  "portal-busy":
    "Il portale sta preparando file per altre {waiting} richieste. Riprova tra un minuto, oppure leggi lo Zarr.",
  "product-file-unknown":
    "Il prodotto {product} non ha il file {path}. Il suo documento di copertura elenca gli istanti presenti.",
  "range-not-satisfiable": "{path} ha {sizeBytes} byte; l'intervallo richiesto ne sta fuori.",
  "disk-full": "Il disco è pieno in {path}. Libera spazio; il lavoro è conservato e può riprendere.",
  "job-rejected":
    "La coda rifiuta il lavoro: {problem}. Controlla partizione, account, limiti e nodi richiesti del sito.",
  "start-refused": "Il sito non riesce ad avviare il lavoro: {problem}.",
  "queue-silent": "La coda del sito non risponde: {problem}. Ciò che è in corso prosegue; si riprova.",
  "module-missing":
    "Il sito non ha il modulo d'ambiente {module}. Chiedine il nome al centro, o cambia i moduli del sito.",
  "container-not-here":
    "Il nodo {node} gira in un container, ma il sito {site} non dice con quale motore avviarli. Imposta containers lì.",
  "image-missing":
    "L'immagine {image} non c'è nel sito. Importala o costruiscila lì, oppure indicane una di un registro per digest.",
  "image-pull-failed": "Non è stato possibile scaricare l'immagine {image}: {problem}",
  "image-shell-missing":
    "L'immagine non ha né bash né una shell con pipefail: un codice d'uscita potrebbe restare nascosto. Aggiungi bash.",
  "image-is-path":
    "{engine} nel sito non accetta un'immagine per percorso: {image}. Importala lì come localhost/nome, o indicane una di un registro per digest.",
  "container-engine-away": "Il motore di container {engine} del sito non risponde: {problem}",
  "container-refused":
    "Il motore di container del sito non è riuscito ad avviare un container di {image} (codice d'uscita {exitCode}). Le sue parole sono nel log.",
  "job-broken": "Il lavoro del nodo {node} è stato chiuso dal sito {site} ({failure}): {reason}.",
  "site-unreachable": "{place} non è raggiungibile: {problem}. Ciò che vi è in corso prosegue; si riprova.",
  "host-key-unknown":
    "{host} non è noto: mostra la chiave {fingerprint}. Confrontala con quella del centro; se è giusta, esegui: {command}",
  "host-key-changed":
    "{host} mostra una chiave diversa da prima: {fingerprint} invece di {expected}. Qualcuno potrebbe essere in ascolto, o la macchina è stata reinstallata; chiedi al centro, poi correggi {file}.",
  "ssh-login-refused":
    "{host} non fa entrare {user} con {key}. La chiave pubblica è fra quelle autorizzate dell'utente?",
  "ssh-key-unreadable":
    "La chiave privata {path} non si può usare: {problem}. Dai una chiave senza frase segreta, o un agente.",
  "file-unreadable": "{file} non si può leggere: {problem}",
  "file-truncated":
    "{file} è troncato: l'intestazione annuncia {expectedBytes} byte, ne ha {actualBytes}. È ancora in scrittura?",
  "format-unknown":
    "{file} non è di un formato leggibile (comincia con {startsWith}). Serve NetCDF, HDF5, GRIB, GeoTIFF o Zarr.",
  "format-invalid": "{file} è danneggiato in {place}: {problem}",
  "unsupported-feature":
    "{file} usa {feature}, che non è gestito. Convertilo, per esempio con nccopy o gdal_translate.",
  "file-too-demanding":
    "Leggere {file} richiede più di {limit}, il massimo per un file. Probabilmente è danneggiato; controllalo o convertilo.",
  "raster-unplaced":
    "{file} non si può collocare su una mappa: {problem}. Daglielo, per esempio con gdal_translate -a_srs e -a_ullr.",
  "raster-incomplete": "Il raster {raster} non si può ricomporre: {problem}.",
  "variable-missing": "{file} non ha la variabile {variable}. Contiene: {present}.",
  "grid-mismatch":
    "{variable} in {file} è {got} ma la griglia richiede {want}. È stata ritagliata con un altro dominio?",
  "time-undefined": "{file} non dice i suoi tempi: {problem}",
  "value-out-of-range": "{variable} contiene {value}, fuori da ciò che si può pubblicare (da {lowest} a {highest}).",
  "config-invalid": "{file}, {key}: {problem}",
  "database-unreachable": "Nessun PostgreSQL risponde a {address}: {problem}. Controlla DATABASE_URL o non impostarla.",
  "database-too-old": "Il PostgreSQL di DATABASE_URL è {version}; serve {needed} o più recente.",
  "embedded-database-missing":
    "Non c'è un PostgreSQL incluso per {platform}. Imposta DATABASE_URL su un PostgreSQL 15 o più recente.",
  "embedded-database-failed":
    "Il PostgreSQL incluso si è fermato nel passo {step}: {problem}. Vedi log/postgres.log in NEREUS_HOME o imposta DATABASE_URL.",
  "port-taken": "La porta {port} è usata da un altro programma. Fermalo o scegline un'altra con NEREUS_PORT.",
  "port-unusable": "Il server web non può ascoltare su {address}: {problem}. Scegli con NEREUS_HOST e NEREUS_PORT.",
  "home-unwritable": "La cartella {path} non è scrivibile: {problem}. Scegline un'altra con NEREUS_HOME.",
  "met-unsuitable": "{file} non può guidare una corsa di fumo: manca {missing}.",
  "met-no-records": "{file} non contiene istanti. È ancora in scrittura?",
  "met-source-unknown": "Non esiste la fonte meteo «{source}». Note: {known}.",
  "met-path-not-allowed":
    "«{met}» è un percorso o un indirizzo; qui si accetta solo il nome di una fonte meteo configurata.",
  "met-none-yet":
    "La fonte meteo {source} non ha ancora una previsione. Aspetta la prossima corsa o scegli un'altra fonte.",
  "point-outside-domain":
    "Il punto {lat}, {lon} è fuori dal dominio meteo (da {south} a {north} N, da {west} a {east} E). Spostalo all'interno.",
  "start-outside-times": "L'inizio {start} è fuori dai dati meteo (da {first} a {last}). Scegli un tempo compreso.",
  "met-gap-too-long":
    "Ai dati meteo mancano {hours} h fra {after} e {before}; se ne possono colmare al massimo {limitHours}.",
  "duration-too-long": "{hours} h supera il limite di {limitHours} h. Chiedi {limitHours} o meno.",
  "wait-expired": "Il nodo {node} ha atteso {seconds} s e non è arrivato: {what}.",
  "address-refused": "{url} non viene interrogato: {problem}.",
  "server-silent": "{url} non ha risposto: {problem}. Verrà interrogato di nuovo.",
  "path-not-allowed": "{path} non è sotto una cartella che si può sorvegliare ({roots}). Aggiungine una a waits.roots.",
  "pattern-too-wide": "{pattern} comprende più di {limit} file. Restringilo.",
  "watch-invalid": "Il nodo {node} non può attendere: {problem}.",
  "gate-rejected": "{who} ha respinto il nodo {node}: {reason}",
  "gate-not-waiting":
    "Il nodo {node} della corsa {run} non attende un'approvazione; forse è già decisa, o non è un varco.",
  "child-not-completed": "La corsa {run}, avviata dal nodo {node}, è {state}: {reason}",
  "sea-unsuitable":
    "{file} non può guidare una corsa di batteri: manca {missing}. I file di ROMS, CROCO o WaComM lo contengono.",
  "sea-field-invalid": "{variable} in {file} è errata in {cells} punti: {problem}. Il file è tagliato o danneggiato?",
  "outfall-invalid": "La sorgente {outfall} non è utilizzabile: {problem}.",
  "outfall-on-land":
    "La sorgente {outfall} in {lat}, {lon} è sulla terra del modello marino; il mare più vicino è a {nearestM} m. Spostala, o consentilo con moveM.",
  "farm-invalid": "L'allevamento {farm} non è utilizzabile: {problem}.",
  "farm-on-land":
    "L'allevamento {farm} è tutto sulla terra del modello marino. Controlla le posizioni o usa un modello più fine.",
  "place-outside-sea":
    "{place} è fuori dal modello marino (da {south} a {north} N, da {west} a {east} E). Spostalo all'interno o toglilo.",
  "farm-unknown": "Non esiste un tuo allevamento {farm}.",
  "sea-source-unknown": "Non esiste la fonte di correnti «{source}». Note: {known}.",
  "sea-gap-too-long":
    "Le correnti distano {hours} h fra {after} e {before}; se ne possono colmare {limitHours}. Fornisci i file mancanti o consenti di più con gapHours (24 per medie giornaliere).",
  "sea-none-yet":
    "La fonte di correnti {source} non ha ancora una previsione. Aspetta la prossima corsa o scegli un'altra fonte.",
  "web-request-invalid": "Il nodo {node} non può interrogare un server: {problem}.",
  "web-not-here":
    "Il nodo {node} interroga un server web: lo fa solo il worker stesso, non il sito {site}. Assegnagli il pool web.",
  "web-unanswered": "{url} non ha risposto (tentativi: {tries}): {problem}.",
  "web-answer-unexpected": "{url} ha risposto {status}; era atteso {expected}. {said}",
  "web-answer-too-large": "{url} ha risposto con più di {limitBytes} byte. Aumenta mostBytes oppure chiedi meno.",
  "web-field-missing": "La risposta di {url} non contiene nulla in {pointer}, dove era atteso {field}.",
  "web-answer-no-json": "La risposta di {url} non è JSON: non se ne può leggere alcun campo.",
  "web-outcome-unknown":
    "Non si sa se {url} abbia eseguito la richiesta: {problem}. Non viene ripetuta; controlla là prima di riprovare.",
  "socket-message-too-large":
    "{url} ha inviato un messaggio di oltre {limitBytes} byte, il massimo per uno solo. Chiedi messaggi più piccoli.",
  "socket-silent": "In {seconds} s {url} non ha inviato ciò che si attendeva ({heard} messaggi ricevuti).",
};
