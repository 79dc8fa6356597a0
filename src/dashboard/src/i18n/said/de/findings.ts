import type { Phrase } from '../phrases';

/** What the check-up finds, and what to do about it. */
export const findings: readonly Phrase[] = [
  ['Hearth {{version}} on {{runtime}}, {{system}}, {{n}} cores.', 'Hearth {{version}} auf {{runtime}}, {{system}}, {{n}} Kerne.'],
  ['libvips is there: thumbs are made.', 'libvips ist da: Kleine Bilder werden gemacht.'],
  [
    'libvips is not there: no thumbs are made, originals are served in their place.',
    'libvips fehlt: Kleine Bilder werden nicht gemacht, die Originale stehen an ihrer Stelle.',
  ],
  [
    'Install it (Debian: libvips42), or use the program as it is published.',
    'Installieren Sie es (Debian: libvips42), oder nehmen Sie das Programm so, wie es veröffentlicht wird.',
  ],

  ['{{engine}}. Data folder: {{folder}}', '{{engine}}. Datenordner: {{folder}}'],
  [
    'This version of the database library can lose data in rare cases; {{version}} cannot.',
    'Diese Version der Datenbank-Bibliothek kann in seltenen Fällen Daten verlieren; {{version}} nicht.',
  ],
  [
    'Use the program as it is published, or a package that brings the newer library.',
    'Nehmen Sie das Programm so, wie es veröffentlicht wird, oder ein Paket mit der neueren Bibliothek.',
  ],
  [
    'Another node (on {{other}}) uses this database, and files are kept in the data folder of each.',
    'Ein anderer Knoten (auf {{other}}) nutzt diese Datenbank, und Dateien liegen im Datenordner eines jeden.',
  ],
  [
    'Keep files in an object store, or on a disk that all nodes see. If it is such a disk, ignore this.',
    'Legen Sie Dateien in einen Objektspeicher oder auf eine Platte, die alle Knoten sehen. Ist es schon eine solche, ist alles gut.',
  ],
  [
    'The role of Hearth in the database can do more than Hearth needs, and so can the SQL console.',
    'Die Rolle von Hearth in der Datenbank darf mehr, als Hearth braucht, und damit auch die SQL-Konsole.',
  ],
  [
    'Use a plain role that owns its database, see docs/guide/postgres.md.',
    'Nehmen Sie eine einfache Rolle, der ihre Datenbank gehört; mehr steht in docs/guide/postgres.md.',
  ],
  ['Another node (on {{other}}) uses this database.', 'Ein anderer Knoten (auf {{other}}) nutzt diese Datenbank.'],
  [
    'The database was removed or replaced while the server was using it: nothing is stored any more.',
    'Die Datenbank wurde entfernt oder ersetzt, während der Server sie nutzte: Es wird nichts mehr gespeichert.',
  ],
  [
    'Stop the server, put the right file back, and start it again.',
    'Halten Sie den Server an, legen Sie die richtige Datei zurück und starten Sie ihn wieder.',
  ],
  [
    'Other users of this machine can read parts of the data folder: {{parts}}.',
    'Andere Benutzer dieses Rechners können Teile des Datenordners lesen: {{parts}}.',
  ],
  [
    'Take their rights away: chmod -R go= on the data folder. What Hearth makes anew is for its own user only.',
    'Nehmen Sie ihnen die Rechte: chmod -R go= auf den Datenordner. Was Hearth neu anlegt, ist nur für seinen eigenen Benutzer.',
  ],
  ['Only {{size}} are free on the disk of the data folder.', 'Auf der Platte des Datenordners sind nur {{size}} frei.'],
  ['{{size}} are free on the disk of the data folder.', 'Auf der Platte des Datenordners sind {{size}} frei.'],
  ['When the disk is full nothing can be written. Make room.', 'Ist die Platte voll, lässt sich nichts mehr schreiben. Schaffen Sie Platz.'],
  ['The data folder is on a network disk ({{form}}).', 'Der Datenordner liegt auf einer Netzwerkplatte ({{form}}).'],
  [
    'SQLite needs locks and flushes that many network disks only pretend to do. Use a local disk, or PostgreSQL.',
    'SQLite braucht Sperren und sicheres Schreiben, die viele Netzwerkplatten nur vorgeben. Nehmen Sie eine Platte im Rechner oder PostgreSQL.',
  ],

  ['Files and backups share one bucket.', 'Dateien und Sicherungen liegen im selben Bucket.'],
  [
    'Whoever empties or loses one loses both. Use a bucket of its own for backups.',
    'Wer ihn leert oder verliert, verliert beides. Nehmen Sie für Sicherungen einen eigenen.',
  ],
  [
    'Files and records have not been compared yet; it is done every night.',
    'Dateien und Datensätze wurden noch nicht verglichen; das geschieht jede Nacht.',
  ],
  [
    'Do it now with `hearth doctor --files`, or by running the job __hearthFilesReconcile__.',
    'Mit `hearth doctor --files` oder dem Zeitplan __hearthFilesReconcile__ geschieht es sofort.',
  ],
  ['{{part}}: {{place}}. It takes, gives and removes.', '{{part}}: {{place}}. Schreiben, Lesen und Löschen gehen.'],
  ['{{part}}: {{place}}. {{why}}', '{{part}}: {{place}}. {{why}}'],
  ['What was stored is not there.', 'Was gespeichert wurde, ist nicht da.'],
  ['What was stored came back as something else.', 'Was gespeichert wurde, kam anders zurück.'],
  ['The disk is full: {{reason}}', 'Die Platte ist voll: {{reason}}'],
  ['The disk refused: {{reason}}', 'Die Platte nimmt es nicht an: {{reason}}'],
  ['{{place}} refused: {{reason}}', '{{place}} nimmt es nicht an: {{reason}}'],
  ['{{place}} is full: {{reason}}', '{{place}} ist voll: {{reason}}'],
  ['{{place}} did not answer in time.', '{{place}} hat nicht rechtzeitig geantwortet.'],
  ['{{place}} cannot be reached: {{reason}}', '{{place}} ist nicht zu erreichen: {{reason}}'],
  ['{{part}} cannot be stored: {{why}}', '{{part}} lassen sich nicht speichern: {{why}}'],
  ['See docs/guide/storage.md.', 'Mehr steht in docs/guide/storage.md.'],
  ['Files and records could not be compared ({{when}}): {{why}}', 'Dateien und Datensätze ließen sich nicht vergleichen ({{when}}): {{why}}'],
  ['Files and records were compared last at {{when}}.', 'Dateien und Datensätze wurden zuletzt verglichen: {{when}}.'],
  ['It is done every night at 03:20 UTC while a server runs.', 'Das geschieht jede Nacht um 03:20 UTC, wenn ein Server läuft.'],
  [
    'Files were kept elsewhere when they were last compared ({{place}}).',
    'Beim letzten Vergleich lagen die Dateien an einem anderen Ort ({{place}}).',
  ],
  ['What was there has to be copied by you.', 'Was dort lag, müssen Sie selbst kopieren.'],
  ['{{part}} that records name is not stored ({{when}}).', '{{part}}, die Datensätze nennen, ist nicht gespeichert ({{when}}).'],
  ['{{part}} that records name are not stored ({{when}}).', '{{part}}, die Datensätze nennen, sind nicht gespeichert ({{when}}).'],
  [
    'Bring them back from a backup, or take their names out of the records.',
    'Holen Sie sie aus einer Sicherung zurück, oder nehmen Sie ihre Namen aus den Datensätzen.',
  ],
  ['{{part}} of {{size}} is named by no record ({{when}}).', '{{part}} mit {{size}} nennt kein Datensatz ({{when}}).'],
  ['{{part}} of {{size}} are named by no record ({{when}}).', '{{part}} mit {{size}} nennt kein Datensatz ({{when}}).'],
  ['Nothing removes them. Remove them yourself when you are sure.', 'Von selbst verschwindet davon nichts. Löschen Sie es, wenn Sie sicher sind.'],
  ['{{part}} there is none of an app.', '{{part}} dort gehört zu keiner App.'],
  ['{{part}} there are none of an app.', '{{part}} dort gehören zu keiner App.'],
  [
    'Files and records agree: {{part}} named, {{size}} stored with thumbs ({{when}}).',
    'Dateien und Datensätze stimmen überein: {{part}} genannt, {{size}} gespeichert mit kleinen Bildern ({{when}}).',
  ],

  [
    'Rate limits are off: passwords can be guessed as fast as the machine answers.',
    'Die Grenzen für Anfragen sind aus: Passwörter lassen sich so schnell raten, wie der Rechner antwortet.',
  ],
  ['Turn on rateLimits.enabled.', 'Schalten Sie rateLimits.enabled ein.'],
  ['Links in mails lead to {{url}}, which only this machine can open.', 'Links in E-Mails führen zu {{url}}. Das kann nur dieser Rechner öffnen.'],
  ['Set meta.appURL to the public address.', 'Setzen Sie meta.appURL auf die öffentliche Adresse.'],
  [
    'Links in mails lead to {{url}}, where anybody on the way can read and change everything.',
    'Links in E-Mails führen zu {{url}}. Dort kann jeder auf dem Weg alles lesen und ändern.',
  ],
  ['Serve the app with https and set meta.appURL.', 'Bieten Sie die App mit https an und setzen Sie meta.appURL.'],
  ['Mails are sent from support@example.com.', 'E-Mails kommen von support@example.com.'],
  ['Set meta.senderAddress.', 'Setzen Sie meta.senderAddress.'],
  [
    'No mail can be sent: SMTP is off, and this machine has no sendmail program.',
    'E-Mails lassen sich nicht senden: SMTP ist aus, und dieser Rechner hat kein Programm sendmail.',
  ],
  ['Turn on smtp, see docs/guide/mail.md.', 'Schalten Sie smtp ein, siehe docs/guide/mail.md.'],
  ['Nothing makes backups.', 'Es werden keine Sicherungen gemacht.'],
  ['Set backups.cron, such as @daily, or make them yourself.', 'Setzen Sie backups.cron, etwa auf @daily, oder machen Sie selbst welche.'],
  ['Backups are kept on the disk of the data.', 'Sicherungen liegen auf derselben Platte wie die Daten.'],
  ['Keep them in an object store (backups.s3), or copy them away.', 'Legen Sie sie in einen Objektspeicher (backups.s3), oder kopieren Sie sie weg.'],
  ['{{name}} is reached without encryption.', '{{name}} wird ohne Verschlüsselung erreicht.'],
  ['Use https in its endpoint.', 'Nehmen Sie https in seiner Adresse.'],
  [
    'Secrets stand readable in the database: passwords of SMTP and object stores, keys of tokens.',
    'Geheimnisse stehen lesbar in der Datenbank: Passwörter von SMTP und Objektspeichern, Schlüssel von Tokens.',
  ],
  ['Start with --encryption-env, see docs/guide/secrets.md.', 'Starten Sie mit --encryption-env, siehe docs/guide/secrets.md.'],
  ['Addresses of clients are taken from {{headers}}.', 'Die Adressen der Besucher kommen aus {{headers}}.'],
  [
    'Make sure that your proxy sets them itself and nobody reaches the server past it.',
    'Achten Sie darauf, dass Ihr Proxy sie selbst setzt und niemand an ihm vorbei zum Server kommt.',
  ],
  ['Superusers may work from any address.', 'Superuser dürfen von jeder Adresse aus arbeiten.'],
  ['superuserIPs narrows that.', 'superuserIPs schränkt das ein.'],
  ['Requests are not logged.', 'Anfragen werden nicht aufgezeichnet.'],
  ['Set logs.maxDays.', 'Setzen Sie logs.maxDays.'],

  ['There is no superuser.', 'Es gibt keinen Superuser.'],
  ['Make one with `hearth superuser upsert EMAIL`.', 'Mit `hearth superuser upsert EMAIL` legen Sie einen an.'],
  [
    'Anybody may {{part}} every record of {{name}}: an empty rule lets all in.',
    'Jeder darf jeden Datensatz von {{name}} {{part}}: Eine leere Regel lässt alle zu.',
  ],
  ['Write a rule, or use null for superusers only.', 'Schreiben Sie eine Regel, oder lassen Sie nur Superuser zu (null).'],
  [
    'Not everybody may see records of {{name}}, but whoever knows the address of a file in {{fields}} may read it.',
    'Nicht jeder darf Datensätze von {{name}} sehen, aber wer die Adresse einer Datei in {{fields}} kennt, darf sie lesen.',
  ],
  ['Mark the field as protected if that is not what you want.', 'Schützen Sie das Feld, wenn das nicht so sein soll.'],
  [
    'The rule for creating {{name}} looks through {{path}}, but a record that is being made has nothing behind it yet.',
    'Die Regel zum Anlegen von {{name}} schaut durch {{path}}, aber hinter einem Datensatz, der gerade entsteht, steht dort noch nichts.',
  ],
  [
    'Programs differ in what such a rule means. Ask for something that the new record holds, or that is there already (@collection).',
    'Was eine solche Regel heißt, ist von Programm zu Programm verschieden. Fragen Sie nach etwas, das der neue Datensatz enthält oder das es schon gibt (@collection).',
  ],
  [
    'This app moved in without the code that was beside it, in pb_hooks. Hearth does not run it, and who may do what can be decided in it.',
    'Diese App ist ohne den Code eingezogen, der in pb_hooks neben ihr stand. Hearth führt ihn nicht aus, und wer was darf, kann darin entschieden sein.',
  ],
  [
    'Write what the app needs as hooks, see docs/guide/hooks.md. Then: hearth doctor --hooks-done.',
    'Schreiben Sie, was die App braucht, als Hooks, siehe docs/guide/hooks.md. Danach: hearth doctor --hooks-done.',
  ],
  [
    'The view {{name}} reads {{fields}} of accounts, and a view shows what its query selects to everybody whom its rules let in.',
    'Die Sicht {{name}} liest {{fields}} von Konten. Was ihre Abfrage auswählt, sieht jeder, den ihre Regeln zulassen.',
  ],
  [
    'Leave the addresses out, or select only those whose owners show them: CASE WHEN emailVisibility THEN email END.',
    'Lassen Sie die Adressen weg, oder wählen Sie nur solche aus, die ihre Besitzer zeigen: CASE WHEN emailVisibility THEN email END.',
  ],
  [
    'Leave passwords and keys out of the query, or use null for its rules: superusers only.',
    'Lassen Sie Passwörter und Schlüssel aus der Abfrage weg, oder lassen Sie nur Superuser zu (null).',
  ],
];
