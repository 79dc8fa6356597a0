import type { Phrase } from '../phrases';

const format: readonly Phrase[] = [['Must be in a valid format.', 'Das ist nicht in der richtigen Form.']];
const blank: readonly Phrase[] = [['Must be blank.', 'Muss leer bleiben.']];
const lengths: readonly Phrase[] = [
  ['The length must be no more than {{max}}.', 'Höchstens {{max}} Zeichen.'],
  ['The length must be between {{min}} and {{max}}.', 'Zwischen {{min}} und {{max}} Zeichen.'],
  ['The length must be no less than {{min}}.', 'Mindestens {{min}} Zeichen.'],
  ['The length must be exactly {{min}}.', 'Genau {{min}} Zeichen.'],
  ['The data must be no more than {{max}} bytes as JSON.', 'Die Daten dürfen als JSON höchstens {{max}} Bytes haben.'],
];

const systemField: readonly Phrase[] = [['System {{name}} field is required.', 'Das Systemfeld {{name}} ist nötig.']];

/** What is wrong with a field, by the code of the fault. */
export const faults: Record<string, readonly Phrase[]> = {
  validation_required: [['Cannot be blank.', 'Darf nicht leer sein.']],
  validation_nil_or_not_empty_required: [['Cannot be blank.', 'Darf nicht leer sein.']],
  validation_nil: blank,
  validation_empty: blank,
  validation_length_out_of_range: lengths,
  realtime_too_many_channels: [['A client can listen to at most {{most}} channels.', 'Höchstens {{most}} Kanäle auf einmal.']],
  validation_length_too_long: lengths,
  validation_length_invalid: lengths,
  validation_min_greater_equal_than_required: [['Must be no less than {{threshold}}.', 'Nicht kleiner als {{threshold}}.']],
  validation_max_less_equal_than_required: [['Must be no greater than {{threshold}}.', 'Nicht größer als {{threshold}}.']],
  validation_in_invalid: [
    ['Must be a valid value.', 'Dieser Wert ist hier nicht erlaubt.'],
    ['The primary key must be named "id".', 'Was die Datensätze unterscheidet, heißt id.'],
  ],
  validation_not_in_invalid: [['Must not be in list.', 'Dieser Wert ist vergeben oder nicht erlaubt.']],
  validation_match_invalid: format,
  validation_invalid_format: [['Invalid value format.', 'Das ist nicht in der richtigen Form.']],
  validation_date_invalid: [['Must be a valid date.', 'Das ist kein gültiges Datum.']],
  validation_is_email: [['Must be a valid email address.', 'Das ist keine gültige E-Mail-Adresse.']],
  validation_is_url: [['Must be a valid URL.', 'Das ist keine gültige Adresse (URL).']],
  validation_is_domain: [['Must be a valid domain.', 'Das ist keine gültige Domain.']],
  validation_is_host: [['Must be a valid IP address or DNS name.', 'Das ist keine IP-Adresse und kein Rechnername.']],
  validation_is_hex_color: [['Must be a valid hexadecimal color code.', 'Das ist keine Farbe in der Form #rrggbb.']],
  validation_invalid_value: [
    ['Invalid value.', 'Dieser Wert geht hier nicht.'],
    ['Invalid value {{value}}.', 'Der Wert {{value}} geht hier nicht.'],
  ],
  validation_values_mismatch: [["Values don't match.", 'Die Werte stimmen nicht überein.']],
  validation_invalid_regex: [['{{why}}', 'Der reguläre Ausdruck ist falsch: {{why}}']],
  validation_locks_out: [
    [
      'With this list you could not come back: your own address would be {{address}}. Add it, or save with ?lockOut=true if you mean it.',
      'Mit dieser Liste kämen Sie nicht mehr hinein: Ihre eigene Adresse wäre {{address}}. Nehmen Sie sie auf, oder speichern Sie mit ?lockOut=true, wenn das so sein soll.',
    ],
  ],
  validation_invlaid_ip_or_subnet: [['Invalid IP or CIDR subnet.', 'Das ist keine IP-Adresse und kein Netz in der Form 10.0.0.0/8.']],
  validation_invalid_cron: [
    ['Must be a cron expression of five fields or a macro such as @daily.', 'Ein Cron-Ausdruck mit fünf Teilen oder ein Kürzel wie @daily.'],
  ],

  validation_not_unique: [['Value must be unique.', 'Diesen Wert gibt es schon.']],
  validation_value_too_large: [['The value is longer than an index can hold.', 'Der Wert ist länger, als ein Index aufnehmen kann.']],
  validation_pk_change: [['The record primary key cannot be changed.', 'Die Id eines Datensatzes lässt sich nicht ändern.']],
  validation_pk_invalid: [['The record primary key is invalid or already exists.', 'Diese Id ist nicht erlaubt oder schon vergeben.']],
  validation_forbidden_pk_character: [["'{{ch}}' is not a valid primary key character.", 'Das Zeichen „{{ch}}“ darf nicht in einer Id stehen.']],
  validation_reserved_pk: [["The primary key '{{reserved}}' is reserved and cannot be used.", 'Die Id „{{reserved}}“ ist vorbehalten.']],
  validation_invalid_auth_id: [['Invalid or duplicated auth record id.', 'Diese Id hat schon ein Konto einer anderen Sammlung.']],
  validation_min_text_constraint: [['Must be at least {{min}} character(s).', 'Mindestens {{min}} Zeichen.']],
  validation_max_text_constraint: [
    ['Must be no more than {{max}} character(s).', 'Höchstens {{max}} Zeichen.'],
    ['Must be less than {{max}} character(s).', 'Höchstens {{max}} Zeichen.'],
  ],
  validation_content_size_limit: [['The maximum allowed content size is {{maxSize}} bytes.', 'Der Inhalt darf höchstens {{maxSize}} Bytes haben.']],
  validation_json_size_limit: [['The maximum allowed JSON size is {{maxSize}} bytes.', 'Das JSON darf höchstens {{maxSize}} Bytes haben.']],
  validation_invalid_json: [['Must be a valid json value.', 'Das ist kein gültiges JSON.']],
  validation_not_a_number: [['The submitted number is not properly formatted.', 'Das ist keine Zahl.']],
  validation_only_int_constraint: [['Decimal numbers are not allowed.', 'Nur ganze Zahlen.']],
  validation_min_number_constraint: [['Must be greater or equal than {{min}}.', 'Mindestens {{min}}.']],
  validation_max_number_constraint: [['Must be less or equal than {{max}}.', 'Höchstens {{max}}.']],
  validation_email_domain_not_allowed: [['Email domain is not allowed.', 'E-Mail-Adressen dieser Domain sind nicht erlaubt.']],
  validation_url_domain_not_allowed: [['Url domain is not allowed.', 'Adressen dieser Domain sind nicht erlaubt.']],
  validation_invalid_url: [['Must be a valid url.', 'Das ist keine gültige Adresse (URL).']],
  validation_invalid_latitude: [['Latitude must be between -90 and 90 degrees.', 'Die Breite liegt zwischen -90 und 90 Grad.']],
  validation_invalid_longitude: [['Longitude must be between -180 and 180 degrees.', 'Die Länge liegt zwischen -180 und 180 Grad.']],
  validation_not_enough_values: [['Select at least {{minSelect}}.', 'Wählen Sie mindestens {{minSelect}}.']],
  validation_too_many_values: [['Select no more than {{maxSelect}}.', 'Wählen Sie höchstens {{maxSelect}}.']],
  validation_missing_rel_collection: [
    ['Relation connection is missing or cannot be accessed.', 'Die Sammlung, auf die das Feld zeigt, gibt es nicht.'],
  ],
  validation_missing_rel_records: [
    ['Failed to find all relation records with the provided ids.', 'Nicht alle Datensätze, auf die das Feld zeigt, sind zu finden.'],
  ],
  validation_invalid_file: [['Invalid new files: [{{files}}].', 'Diese Dateien hat der Datensatz nicht: {{files}}.']],
  validation_too_many_files: [['The maximum allowed files is {{maxSelect}}.', 'Höchstens {{maxSelect}} Dateien.']],
  validation_file_size_limit: [
    [
      'Failed to upload {{file}} - the maximum allowed file size is {{maxSize}} bytes.',
      '{{file}} ist zu groß: Eine Datei darf höchstens {{maxSize}} Bytes haben.',
    ],
  ],
  validation_invalid_mime_type: [['"{{name}}" mime type must be one of: {{types}}.', '„{{name}}“ muss von einer dieser Arten sein: {{types}}.']],
  validation_invalid_old_password: [['Missing or invalid old password.', 'Das bisherige Passwort ist falsch.']],
  validation_invalid_password: [['Missing or invalid auth record password.', 'Das Passwort ist falsch.']],
  validation_trivial_password: [
    [
      'This password is one of the first that others would guess. Please choose another.',
      'Dieses Passwort würden andere als Erstes raten. Bitte wählen Sie ein anderes.',
    ],
  ],
  validation_invalid_token: [['Invalid or expired token.', 'Der Link gilt nicht oder ist abgelaufen.']],
  validation_invalid_token_claims: [['Missing email token claim.', 'Das ist kein solcher Link.']],
  validation_invalid_token_payload: [['Invalid token payload - newEmail must be set.', 'Das ist kein solcher Link.']],
  validation_token_collection_mismatch: [
    ['The provided token is for different auth collection.', 'Der Link ist für ein Konto einer anderen Sammlung.'],
  ],
  validation_token_email_mismatch: [
    ["The record email doesn't match with the requested token claims.", 'Das Konto hat inzwischen eine andere Adresse.'],
  ],
  validation_invalid_new_email: [['Invalid new email address.', 'Diese neue Adresse geht nicht.']],
  validation_invalid_token_email: [['The new email address is invalid.', 'Die neue Adresse geht nicht oder ist inzwischen vergeben.']],
  validation_invalid_collection_id: [['Missing or invalid collection.', 'Die Sammlung fehlt oder passt nicht.']],
  validation_invalid_collection: [['There is no such collection.', 'Es gibt keine solche Sammlung.']],
  validation_invalid_record: [['Missing or invalid record.', 'Der Datensatz fehlt oder passt nicht.']],
  server_incident: [
    [
      'Something failed inside the server. Its operator finds more in the log under {{id}}.',
      'Im Server ist etwas schiefgegangen. Wer ihn betreibt, findet mehr im Protokoll unter {{id}}.',
    ],
  ],
  batch_request_failed: [['Batch request failed.', 'Diese Anfrage des Stapels ging nicht.']],

  validation_invalid_or_existing_id: [['The model id is invalid or already exists.', 'Diese Id ist nicht erlaubt oder schon vergeben.']],
  validation_collection_name_exists: [
    ['Collection name must be unique (case insensitive).', 'Eine andere Sammlung heißt schon so (Groß und klein zählt nicht).'],
    ['Another collection has this name.', 'Eine andere Sammlung heißt schon so.'],
  ],
  validation_collection_name_id_duplicate: [['The name must not match an existing collection id.', 'So lautet schon die Id einer Sammlung.']],
  validation_collection_name_invalid: [["The name shouldn't match with an existing internal table.", 'So heißt schon eine Tabelle von Hearth.']],
  validation_collection_system_name_change: [['System collection name cannot be changed.', 'Eine Systemsammlung lässt sich nicht umbenennen.']],
  validation_collection_system_flag_change: [['The system flag cannot be changed.', 'Ob eine Sammlung dem System gehört, lässt sich nicht ändern.']],
  validation_collection_system_rule_change: [
    ['System collection API rule cannot be changed.', 'Diese Regel einer Systemsammlung lässt sich nicht ändern.'],
  ],
  validation_collection_type_change: [['The collection type cannot be changed.', 'Die Art einer Sammlung lässt sich nicht ändern.']],
  validation_found_via: [['The value cannot contain "_via_".', 'Darf nicht „_via_“ enthalten.']],
  validation_duplicated_field_id: [['Duplicated or invalid field id {{id}}.', 'Die Feld-Id {{id}} ist doppelt oder nicht erlaubt.']],
  validation_duplicated_field_name: [
    ['Duplicated or invalid field name {{fieldName}}.', 'Der Feldname {{fieldName}} ist doppelt oder nicht erlaubt.'],
  ],
  validation_field_type_change: [['Field type cannot be changed.', 'Die Art eines Felds lässt sich nicht ändern. Legen Sie ein neues Feld an.']],
  validation_system_field_change: [
    ['System field {{name}} cannot be deleted or renamed.', 'Das Systemfeld {{name}} lässt sich nicht löschen oder umbenennen.'],
  ],
  validation_reserved_field_name: [['The field name is reserved and cannot be used.', 'Dieser Feldname ist vorbehalten.']],
  validation_missing_primary_key: [['Missing or invalid primary key.', 'Das Feld id fehlt oder passt nicht.']],
  validation_missing_password_field: systemField,
  validation_missing_tokenKey_field: systemField,
  validation_missing_email_field: systemField,
  validation_missing_emailVisibility_field: systemField,
  validation_missing_verified_field: systemField,
  validation_must_be_system: [['The field {{name}} must be marked as system.', 'Das Feld {{name}} muss ein Systemfeld bleiben.']],
  validation_must_be_system_and_hidden: [
    ['The field {{name}} must be system and hidden.', 'Das Feld {{name}} muss ein verborgenes Systemfeld bleiben.'],
  ],
  validation_unsupported_composite_pk: [
    ['Composite PKs are not supported and the collection must have only 1 PK.', 'Nur das Feld id kann die Datensätze unterscheiden.'],
  ],
  validation_field_relation_change: [
    ['The relation collection cannot be changed.', 'Auf welche Sammlung eine Relation zeigt, lässt sich nicht ändern.'],
  ],
  validation_field_relation_missing_collection: [
    ["The relation collection doesn't exist.", 'Die Sammlung, auf die die Relation zeigt, gibt es nicht.'],
  ],
  validation_relation_field_non_view_base_collection: [
    ['Only view collections are allowed to have relations to other views.', 'Nur Sichten dürfen auf Sichten zeigen.'],
  ],
  validation_invalid_autogenerate_pattern: [['Invalid or unsupported autogenerate pattern.', 'Nach diesem Muster lassen sich keine Werte erzeugen.']],
  validation_invalid_autogenerate_pattern_value: [
    ['The pattern makes values that the field refuses: {{why}}', 'Das Muster erzeugt Werte, die das Feld nicht annimmt: {{why}}'],
  ],
  validation_invalid_rule: [['Invalid rule. Raw error: {{why}}', 'Die Regel ist falsch: {{why}}']],
  validation_invalid_view_query: [['{{why}}', 'Die Abfrage geht so nicht: {{why}}']],
  validation_indexes_not_supported: [["View collections don't support indexes.", 'Sichten können keine Indizes haben.']],
  validation_invalid_index_expression: [
    ['Invalid CREATE INDEX expression.', 'Das ist kein CREATE INDEX, wie er hier gebraucht wird.'],
    [
      'Invalid CREATE INDEX expression: the name {{name}} begins like those of internal indexes.',
      'Der Name {{name}} beginnt wie die Namen interner Indizes.',
    ],
    ['Invalid CREATE INDEX expression: there is no field {{name}}.', 'Der Index nennt das Feld {{name}}, das es nicht gibt.'],
    ['Failed to create index {{name}} - {{why}}', 'Der Index {{name}} lässt sich nicht anlegen: {{why}}'],
  ],
  validation_duplicated_index_name: [['The index name {{name}} already exists.', 'Einen Index {{name}} gibt es schon.']],
  validation_existing_index_name: [
    ['The index name {{name}} is already used in {{collection}} collection.', 'Einen Index {{name}} hat schon die Sammlung {{collection}}.'],
  ],
  validation_duplicated_index_definition: [['The index definition already exists.', 'Einen solchen Index gibt es schon.']],
  validation_invalid_unique_system_field_index: [
    [
      'Unique index definition on system fields ({{name}}) is invalid or missing.',
      'Der eindeutige Index über das Systemfeld ({{name}}) fehlt oder passt nicht.',
    ],
  ],
  validation_missing_required_unique_index: [
    ['Missing required unique index for field "{{name}}".', 'Für das Feld „{{name}}“ fehlt der eindeutige Index, den es braucht.'],
  ],
  validation_missing_field: [['Missing or invalid field "{{name}}".', 'Das Feld „{{name}}“ fehlt oder passt nicht.']],
  validation_missing_unique_constraint: [
    ['The field "{{name}}" doesn\'t have a UNIQUE constraint.', 'Das Feld „{{name}}“ hat keinen eindeutigen Index.'],
  ],
  validation_mfa_not_enough_auths: [
    ['MFA requires at least 2 auth methods to be enabled.', 'Ein zweiter Faktor braucht mindestens zwei Arten, sich anzumelden.'],
  ],
  validation_invalid_provider: [
    ['Provider with name {{name}} is missing or is not enabled.', 'Den Anmeldedienst {{name}} gibt es nicht, oder er ist nicht eingeschaltet.'],
  ],
  validation_missing_provider: [['Invalid or missing provider with name "{{name}}".', 'Einen Anmeldedienst „{{name}}“ gibt es nicht.']],
  validation_duplicated_provider: [['The provider "{{name}}" is already registered.', 'Der Anmeldedienst „{{name}}“ steht schon da.']],
  validation_collections_import_failure: [
    ['Data validations failed for collection "{{name}}" ({{id}}):\n{{reason}}', 'In der Sammlung {{name}} ({{id}}) stimmt etwas nicht: {{reason}}'],
    ['Failed to import the collections configuration. Raw error:\n{{why}}', 'Die Sammlungen ließen sich nicht einlesen: {{why}}'],
  ],
  validation_conflicting_rate_limit_rule: [
    [
      'Rate limit rule configuration with label {{label}} already exists or conflicts with another rule.',
      'Eine andere Grenze spricht schon von denselben Anfragen wie {{label}}.',
    ],
  ],
  validation_invalid_auth_collection: [['Must be a valid auth collection.', 'Das ist keine Sammlung mit Konten.']],
  validation_missing_encryption_key: [
    [
      'Start the app with an encryption key first (--encryption-env).',
      'Starten Sie die App zuerst mit einem Schlüssel zum Verschlüsseln (--encryption-env).',
    ],
  ],
  validation_backup_name_exists: [['A backup with this name exists already.', 'Eine Sicherung mit diesem Namen gibt es schon.']],
};
