-- A data.db that lived through old versions and hands: other declarations, odd values, altered tables (contract 14.4). Made up for tests.
CREATE TABLE `_migrations` (`file` VARCHAR(255) PRIMARY KEY NOT NULL, `applied` INTEGER NOT NULL);
CREATE TABLE `_params` (`id` TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL, `value` JSON DEFAULT NULL, `created` TEXT DEFAULT '' NOT NULL, `updated` TEXT DEFAULT '' NOT NULL);
CREATE TABLE `_collections` (
  `id` TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL, `system` BOOLEAN DEFAULT FALSE NOT NULL, `type` TEXT DEFAULT 'base' NOT NULL, `name` TEXT UNIQUE NOT NULL,
  `fields` JSON DEFAULT '[]' NOT NULL, `indexes` JSON DEFAULT '[]' NOT NULL, `listRule` TEXT DEFAULT NULL, `viewRule` TEXT DEFAULT NULL, `createRule` TEXT DEFAULT NULL,
  `updateRule` TEXT DEFAULT NULL, `deleteRule` TEXT DEFAULT NULL, `options` JSON DEFAULT '{}' NOT NULL,
  `created` TEXT DEFAULT (strftime('%Y-%m-%d %H:%M:%fZ')) NOT NULL, `updated` TEXT DEFAULT (strftime('%Y-%m-%d %H:%M:%fZ')) NOT NULL);
CREATE INDEX `idx__collections_type` ON `_collections` (`type`);

-- _superusers
INSERT INTO `_collections` VALUES ('pbc_3142635823', 1, 'auth', '_superusers', '[
  {"hidden":false,"id":"text3208210256","name":"id","presentable":false,"system":true,"type":"text","required":true,"help":"","min":15,"max":15,"pattern":"^[a-z0-9]+$","autogeneratePattern":"[a-z0-9]{15}","primaryKey":true},
  {"hidden":true,"id":"password901924565","name":"password","presentable":false,"system":true,"type":"password","required":true,"help":"","cost":0,"min":8,"max":0,"pattern":""},
  {"hidden":true,"id":"text2504183744","name":"tokenKey","presentable":false,"system":true,"type":"text","required":true,"help":"","min":30,"max":60,"pattern":"","autogeneratePattern":"[a-zA-Z0-9]{50}","primaryKey":false},
  {"hidden":false,"id":"email3885137012","name":"email","presentable":false,"system":true,"type":"email","required":true,"help":"","exceptDomains":null,"onlyDomains":null},
  {"hidden":false,"id":"bool1547992806","name":"emailVisibility","presentable":false,"system":true,"type":"bool","required":false,"help":""},
  {"hidden":false,"id":"bool256245529","name":"verified","presentable":false,"system":true,"type":"bool","required":false,"help":""},
  {"hidden":false,"id":"autodate2990389176","name":"created","presentable":false,"system":true,"type":"autodate","onCreate":true,"onUpdate":false},
  {"hidden":false,"id":"autodate3332085495","name":"updated","presentable":false,"system":true,"type":"autodate","onCreate":true,"onUpdate":true}]',
  '["CREATE UNIQUE INDEX `idx_tokenKey_pbc_3142635823` ON `_superusers` (`tokenKey`)","CREATE UNIQUE INDEX `idx_email_pbc_3142635823` ON `_superusers` (`email`) WHERE `email` != ''''"]',
  NULL, NULL, NULL, NULL, NULL,
  '{"authAlert":{"emailTemplate":{"subject":"Login from a new location","body":"<p>Hello,</p><p>We noticed a login to your {APP_NAME} account.</p>"},"enabled":true},"authRule":"","manageRule":null,"authToken":{"duration":86400,"secret":"SuperAuthSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"},"passwordResetToken":{"duration":1800,"secret":"SuperResetSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"},"emailChangeToken":{"duration":1800,"secret":"SuperChangeSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"},"verificationToken":{"duration":86400,"secret":"SuperVerifySSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"},"fileToken":{"duration":180,"secret":"SuperFileSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"},"passwordAuth":{"enabled":true,"identityFields":["email"]},"oauth2":{"enabled":false,"mappedFields":{"avatarURL":"","id":"","name":"","username":""},"providers":[]},"mfa":{"duration":600,"enabled":false,"rule":""},"otp":{"duration":180,"enabled":false,"length":8,"emailTemplate":{"subject":"OTP for {APP_NAME}","body":"<p>{OTP}</p>"}},"verificationTemplate":{"subject":"Verify your {APP_NAME} email","body":"<p>{APP_URL}/confirm/{TOKEN}</p>"},"resetPasswordTemplate":{"subject":"Reset","body":"<p>{APP_URL}/reset/{TOKEN}</p>"},"confirmEmailChangeTemplate":{"subject":"Confirm","body":"<p>{APP_URL}/change/{TOKEN}</p>"}}', '2024-03-01 10:00:00.000Z', '2024-03-01 10:00:00.000Z');
CREATE TABLE `_superusers` (`id` TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL, `password` TEXT DEFAULT '' NOT NULL, `tokenKey` TEXT DEFAULT '' NOT NULL, `email` TEXT DEFAULT '' NOT NULL, `emailVisibility` BOOLEAN DEFAULT FALSE NOT NULL, `verified` BOOLEAN DEFAULT FALSE NOT NULL, `created` TEXT DEFAULT '' NOT NULL, `updated` TEXT DEFAULT '' NOT NULL);
CREATE UNIQUE INDEX `idx_tokenKey_pbc_3142635823` ON `_superusers` (`tokenKey`);
CREATE UNIQUE INDEX `idx_email_pbc_3142635823` ON `_superusers` (`email`) WHERE `email` != '';

-- _externalAuths
INSERT INTO `_collections` VALUES ('pbc_2281828961', 1, 'base', '_externalAuths', '[
  {"hidden":false,"id":"text3208210256","name":"id","presentable":false,"system":true,"type":"text","required":true,"help":"","min":15,"max":15,"pattern":"^[a-z0-9]+$","autogeneratePattern":"[a-z0-9]{15}","primaryKey":true},
  {"hidden":false,"id":"text455797646","name":"collectionRef","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"text127846527","name":"recordRef","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"text2462348188","name":"provider","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"text1044722854","name":"providerId","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"autodate2990389176","name":"created","presentable":false,"system":true,"type":"autodate","onCreate":true,"onUpdate":false},
  {"hidden":false,"id":"autodate3332085495","name":"updated","presentable":false,"system":true,"type":"autodate","onCreate":true,"onUpdate":true}]',
  '["CREATE UNIQUE INDEX `idx_externalAuths_record_provider` ON `_externalAuths` (collectionRef, recordRef, provider)","CREATE UNIQUE INDEX `idx_externalAuths_collection_provider` ON `_externalAuths` (collectionRef, provider, providerId)"]',
  '@request.auth.id != '''' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId', '@request.auth.id != '''' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId', NULL, NULL, '@request.auth.id != '''' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId',
  '{}', '2024-03-01 10:00:01.000Z', '2024-03-01 10:00:01.000Z');
CREATE TABLE `_externalAuths` (`id` TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL, `collectionRef` TEXT DEFAULT '' NOT NULL, `recordRef` TEXT DEFAULT '' NOT NULL, `provider` TEXT DEFAULT '' NOT NULL, `providerId` TEXT DEFAULT '' NOT NULL, `created` TEXT DEFAULT '' NOT NULL, `updated` TEXT DEFAULT '' NOT NULL);
CREATE UNIQUE INDEX `idx_externalAuths_record_provider` ON `_externalAuths` (collectionRef, recordRef, provider);
CREATE UNIQUE INDEX `idx_externalAuths_collection_provider` ON `_externalAuths` (collectionRef, provider, providerId);

-- _mfas
INSERT INTO `_collections` VALUES ('pbc_2279338944', 1, 'base', '_mfas', '[
  {"hidden":false,"id":"text3208210256","name":"id","presentable":false,"system":true,"type":"text","required":true,"help":"","min":15,"max":15,"pattern":"^[a-z0-9]+$","autogeneratePattern":"[a-z0-9]{15}","primaryKey":true},
  {"hidden":false,"id":"text455797646","name":"collectionRef","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"text127846527","name":"recordRef","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"text1582905952","name":"method","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"autodate2990389176","name":"created","presentable":false,"system":true,"type":"autodate","onCreate":true,"onUpdate":false},
  {"hidden":false,"id":"autodate3332085495","name":"updated","presentable":false,"system":true,"type":"autodate","onCreate":true,"onUpdate":true}]',
  '["CREATE INDEX `idx_mfas_collectionRef_recordRef` ON `_mfas` (collectionRef,recordRef)"]',
  '@request.auth.id != '''' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId', '@request.auth.id != '''' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId', NULL, NULL, NULL,
  '{}', '2024-03-01 10:00:02.000Z', '2024-03-01 10:00:02.000Z');
CREATE TABLE `_mfas` (`id` TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL, `collectionRef` TEXT DEFAULT '' NOT NULL, `recordRef` TEXT DEFAULT '' NOT NULL, `method` TEXT DEFAULT '' NOT NULL, `created` TEXT DEFAULT '' NOT NULL, `updated` TEXT DEFAULT '' NOT NULL);
CREATE INDEX `idx_mfas_collectionRef_recordRef` ON `_mfas` (collectionRef,recordRef);

-- _otps
INSERT INTO `_collections` VALUES ('pbc_1638494021', 1, 'base', '_otps', '[
  {"hidden":false,"id":"text3208210256","name":"id","presentable":false,"system":true,"type":"text","required":true,"help":"","min":15,"max":15,"pattern":"^[a-z0-9]+$","autogeneratePattern":"[a-z0-9]{15}","primaryKey":true},
  {"hidden":false,"id":"text455797646","name":"collectionRef","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"text127846527","name":"recordRef","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":true,"id":"password901924565","name":"password","presentable":false,"system":true,"type":"password","required":true,"help":"","cost":8,"min":0,"max":0,"pattern":""},
  {"hidden":true,"id":"text3866985172","name":"sentTo","presentable":false,"system":true,"type":"text","required":false,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"autodate2990389176","name":"created","presentable":false,"system":true,"type":"autodate","onCreate":true,"onUpdate":false},
  {"hidden":false,"id":"autodate3332085495","name":"updated","presentable":false,"system":true,"type":"autodate","onCreate":true,"onUpdate":true}]',
  '["CREATE INDEX `idx_otps_collectionRef_recordRef` ON `_otps` (collectionRef, recordRef)"]',
  '@request.auth.id != '''' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId', '@request.auth.id != '''' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId', NULL, NULL, NULL,
  '{}', '2024-03-01 10:00:03.000Z', '2024-03-01 10:00:03.000Z');
CREATE TABLE `_otps` (`id` TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL, `collectionRef` TEXT DEFAULT '' NOT NULL, `recordRef` TEXT DEFAULT '' NOT NULL, `password` TEXT DEFAULT '' NOT NULL, `sentTo` TEXT DEFAULT '' NOT NULL, `created` TEXT DEFAULT '' NOT NULL, `updated` TEXT DEFAULT '' NOT NULL);
CREATE INDEX `idx_otps_collectionRef_recordRef` ON `_otps` (collectionRef, recordRef);

-- _authOrigins
INSERT INTO `_collections` VALUES ('pbc_4275539003', 1, 'base', '_authOrigins', '[
  {"hidden":false,"id":"text3208210256","name":"id","presentable":false,"system":true,"type":"text","required":true,"help":"","min":15,"max":15,"pattern":"^[a-z0-9]+$","autogeneratePattern":"[a-z0-9]{15}","primaryKey":true},
  {"hidden":false,"id":"text455797646","name":"collectionRef","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"text127846527","name":"recordRef","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"text4228609354","name":"fingerprint","presentable":false,"system":true,"type":"text","required":true,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"autodate2990389176","name":"created","presentable":false,"system":true,"type":"autodate","onCreate":true,"onUpdate":false},
  {"hidden":false,"id":"autodate3332085495","name":"updated","presentable":false,"system":true,"type":"autodate","onCreate":true,"onUpdate":true}]',
  '["CREATE UNIQUE INDEX `idx_authOrigins_unique_pairs` ON `_authOrigins` (collectionRef, recordRef, fingerprint)"]',
  '@request.auth.id != '''' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId', '@request.auth.id != '''' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId', NULL, NULL, '@request.auth.id != '''' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId',
  '{}', '2024-03-01 10:00:04.000Z', '2024-03-01 10:00:04.000Z');
CREATE TABLE `_authOrigins` (`id` TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL, `collectionRef` TEXT DEFAULT '' NOT NULL, `recordRef` TEXT DEFAULT '' NOT NULL, `fingerprint` TEXT DEFAULT '' NOT NULL, `created` TEXT DEFAULT '' NOT NULL, `updated` TEXT DEFAULT '' NOT NULL);
CREATE UNIQUE INDEX `idx_authOrigins_unique_pairs` ON `_authOrigins` (collectionRef, recordRef, fingerprint);

-- users
INSERT INTO `_collections` VALUES ('_pb_users_auth_', 0, 'auth', 'users', '[
  {"hidden":false,"id":"text3208210256","name":"id","presentable":false,"system":true,"type":"text","required":true,"help":"","min":15,"max":15,"pattern":"^[a-z0-9]+$","autogeneratePattern":"[a-z0-9]{15}","primaryKey":true},
  {"hidden":true,"id":"password901924565","name":"password","presentable":false,"system":true,"type":"password","required":true,"help":"","cost":0,"min":8,"max":0,"pattern":""},
  {"hidden":true,"id":"text2504183744","name":"tokenKey","presentable":false,"system":true,"type":"text","required":true,"help":"","min":30,"max":60,"pattern":"","autogeneratePattern":"[a-zA-Z0-9]{50}","primaryKey":false},
  {"hidden":false,"id":"email3885137012","name":"email","presentable":false,"system":true,"type":"email","required":true,"help":"","exceptDomains":null,"onlyDomains":null},
  {"hidden":false,"id":"bool1547992806","name":"emailVisibility","presentable":false,"system":true,"type":"bool","required":false,"help":""},
  {"hidden":false,"id":"bool256245529","name":"verified","presentable":false,"system":true,"type":"bool","required":false,"help":""},
  {"hidden":false,"id":"text1579384326","name":"name","presentable":false,"system":false,"type":"text","required":false,"help":"","min":0,"max":255,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"file376926767","name":"avatar","presentable":false,"system":false,"type":"file","required":false,"help":"","maxSelect":1,"maxSize":0,"mimeTypes":["image/jpeg","image/png","image/svg+xml","image/gif","image/webp"],"thumbs":null,"protected":false},
  {"hidden":false,"id":"autodate2990389176","name":"created","presentable":false,"system":false,"type":"autodate","onCreate":true,"onUpdate":false},
  {"hidden":false,"id":"autodate3332085495","name":"updated","presentable":false,"system":false,"type":"autodate","onCreate":true,"onUpdate":true}]',
  '["CREATE UNIQUE INDEX `idx_tokenKey__pb_users_auth_` ON `users` (`tokenKey`)","CREATE UNIQUE INDEX `idx_email__pb_users_auth_` ON `users` (`email`) WHERE `email` != ''''"]',
  'id = @request.auth.id', 'id = @request.auth.id', '', 'id = @request.auth.id', 'id = @request.auth.id',
  '{"authAlert":{"emailTemplate":{"subject":"Login from a new location","body":"<p>Hello,</p><p>We noticed a login to your {APP_NAME} account.</p>"},"enabled":true},"authRule":"","manageRule":null,"authToken":{"duration":432000,"secret":"UsersAuthSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"},"passwordResetToken":{"duration":1800,"secret":"UsersResetSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"},"emailChangeToken":{"duration":1800,"secret":"UsersChangeSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"},"verificationToken":{"duration":86400,"secret":"UsersVerifySSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"},"fileToken":{"duration":180,"secret":"UsersFileSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"},"passwordAuth":{"enabled":true,"identityFields":["email"]},"oauth2":{"enabled":true,"mappedFields":{"avatarURL":"avatar","id":"","name":"name","username":""},"providers":[{"name":"google","clientId":"client-7","clientSecret":"the-google-secret","authURL":"","tokenURL":"","userInfoURL":"","displayName":"","pkce":null,"extra":null}]},"mfa":{"duration":600,"enabled":false,"rule":""},"otp":{"duration":180,"enabled":false,"length":8,"emailTemplate":{"subject":"OTP for {APP_NAME}","body":"<p>{OTP}</p>"}},"verificationTemplate":{"subject":"Verify your {APP_NAME} email","body":"<p>{APP_URL}/confirm/{TOKEN}</p>"},"resetPasswordTemplate":{"subject":"Reset","body":"<p>{APP_URL}/reset/{TOKEN}</p>"},"confirmEmailChangeTemplate":{"subject":"Confirm","body":"<p>{APP_URL}/change/{TOKEN}</p>"}}', '2024-03-01 10:00:05.000Z', '2024-03-01 10:00:05.000Z');
CREATE TABLE `users` (`id` TEXT PRIMARY KEY NOT NULL, `password` TEXT, `tokenKey` TEXT, `email` TEXT DEFAULT '', `emailVisibility` BOOLEAN, `verified` BOOLEAN, `name` TEXT, `avatar` TEXT, `created` TEXT DEFAULT '' NOT NULL, `updated` TEXT DEFAULT '' NOT NULL, `username` TEXT, `lastLoginAlertSentAt` TEXT DEFAULT '');
CREATE UNIQUE INDEX `idx_tokenKey__pb_users_auth_` ON `users` (`tokenKey`);
CREATE UNIQUE INDEX `idx_email__pb_users_auth_` ON `users` (`email`) WHERE `email` != '';

-- things
INSERT INTO `_collections` VALUES ('x7k2m9q4w1e5r8t', 0, 'base', 'things', '[
  {"hidden":false,"id":"text3208210256","name":"id","presentable":false,"system":true,"type":"text","required":true,"help":"","min":15,"max":15,"pattern":"^[a-z0-9]+$","autogeneratePattern":"[a-z0-9]{15}","primaryKey":true},
  {"hidden":false,"id":"text724990059","name":"title","presentable":false,"system":false,"type":"text","required":false,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"text1997877400","name":"code","presentable":false,"system":false,"type":"text","required":false,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"number2013832146","name":"n","presentable":false,"system":false,"type":"number","required":false,"help":"","min":null,"max":null,"onlyInt":false},
  {"hidden":false,"id":"bool2044517703","name":"ok","presentable":false,"system":false,"type":"bool","required":false,"help":""},
  {"hidden":false,"id":"date3852478864","name":"day","presentable":false,"system":false,"type":"date","required":false,"help":"","min":"","max":""},
  {"hidden":false,"id":"select1002749145","name":"kind","presentable":false,"system":false,"type":"select","required":false,"help":"","maxSelect":1,"values":["a","b"]},
  {"hidden":false,"id":"select3829031367","name":"kinds","presentable":false,"system":false,"type":"select","required":false,"help":"","maxSelect":2,"values":["a","b"]},
  {"hidden":false,"id":"relation3479234172","name":"owner","presentable":false,"system":false,"type":"relation","required":false,"help":"","maxSelect":1,"minSelect":0,"cascadeDelete":false,"collectionId":"_pb_users_auth_"},
  {"hidden":false,"id":"relation1114804986","name":"owners","presentable":false,"system":false,"type":"relation","required":false,"help":"","maxSelect":3,"minSelect":0,"cascadeDelete":false,"collectionId":"_pb_users_auth_"},
  {"hidden":false,"id":"file3309110367","name":"image","presentable":false,"system":false,"type":"file","required":false,"help":"","maxSelect":1,"maxSize":0,"mimeTypes":null,"thumbs":null,"protected":false},
  {"hidden":false,"id":"file3760176746","name":"images","presentable":false,"system":false,"type":"file","required":false,"help":"","maxSelect":4,"maxSize":0,"mimeTypes":null,"thumbs":null,"protected":false},
  {"hidden":false,"id":"json3622966325","name":"meta","presentable":false,"system":false,"type":"json","required":false,"help":"","maxSize":0},
  {"hidden":false,"id":"geoPoint1948079053","name":"place","presentable":false,"system":false,"type":"geoPoint","required":false,"help":""},
  {"hidden":false,"id":"text1865031573","name":"late","presentable":false,"system":false,"type":"text","required":false,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false}]',
  '["CREATE UNIQUE INDEX `idx_things_code` ON `stuff` (`code`)","CREATE INDEX idx_things_n ON stuff (n)","CREATE INDEX `idx_things_gone` ON `stuff` (`gone`)","not an index"]',
  '', '', NULL, NULL, NULL,
  '{}', '2024-03-01 10:00:06.000Z', '2024-03-01 10:00:06.000Z');
CREATE TABLE `things` (`n` REAL, `id` TEXT PRIMARY KEY, `title` TEXT, `code` TEXT, `ok` BOOLEAN, `day` TEXT, `kind` TEXT, `kinds` JSON, `owner` TEXT, `owners` TEXT, `image` TEXT, `images` JSON, `meta` JSON, `place` JSON, `handmade` TEXT DEFAULT 'x', `created` TEXT);
CREATE UNIQUE INDEX `idx_things_code` ON `things` (`code`);
CREATE INDEX `idx_by_hand` ON `things` (`handmade`);

-- lost
INSERT INTO `_collections` VALUES ('pbc_lost', 0, 'base', 'lost', '[
  {"hidden":false,"id":"text3208210256","name":"id","presentable":false,"system":true,"type":"text","required":true,"help":"","min":15,"max":15,"pattern":"^[a-z0-9]+$","autogeneratePattern":"[a-z0-9]{15}","primaryKey":true},
  {"hidden":false,"id":"text724990059","name":"title","presentable":false,"system":false,"type":"text","required":false,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false}]',
  '[]',
  NULL, NULL, NULL, NULL, NULL,
  '{}', '2024-03-01 10:00:07.000Z', '2024-03-01 10:00:07.000Z');

-- broken
INSERT INTO `_collections` VALUES ('pbc_broken', 0, 'view', 'broken', '[
  {"hidden":false,"id":"text3208210256","name":"id","presentable":false,"system":true,"type":"text","required":true,"help":"","min":15,"max":15,"pattern":"^[a-z0-9]+$","autogeneratePattern":"[a-z0-9]{15}","primaryKey":true}]',
  '[]',
  NULL, NULL, NULL, NULL, NULL,
  '{"viewQuery":"SELECT id, nothing FROM nowhere"}', '2024-03-01 10:00:08.000Z', '2024-03-01 10:00:08.000Z');

-- thingList
INSERT INTO `_collections` VALUES ('pbc_thinglist', 0, 'view', 'thingList', '[
  {"hidden":false,"id":"text3208210256","name":"id","presentable":false,"system":true,"type":"text","required":true,"help":"","min":15,"max":15,"pattern":"^[a-z0-9]+$","autogeneratePattern":"[a-z0-9]{15}","primaryKey":true},
  {"hidden":false,"id":"text724990059","name":"title","presentable":false,"system":false,"type":"text","required":false,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false},
  {"hidden":false,"id":"text1851776924","name":"upper","presentable":false,"system":false,"type":"text","required":false,"help":"","min":0,"max":0,"pattern":"","autogeneratePattern":"","primaryKey":false}]',
  '[]',
  '', '', NULL, NULL, NULL,
  '{"viewQuery":"SELECT id, title, CAST(upper(ifnull(title, '''')) AS TEXT) AS upper FROM things"}', '2024-03-01 10:00:09.000Z', '2024-03-01 10:00:09.000Z');
CREATE VIEW `thingList` AS SELECT * FROM (SELECT id, title, CAST(upper(ifnull(title, '')) AS TEXT) AS upper FROM things);
CREATE VIEW `orphaned` AS SELECT * FROM `a table that is gone`;
CREATE TABLE `by_hand` (`a` INTEGER, `b` TEXT);
INSERT INTO `by_hand` VALUES (1, 'x');
CREATE TABLE `log_of_hand` (`a` INTEGER);
CREATE TRIGGER `by_hand_t` AFTER UPDATE ON `things` BEGIN INSERT INTO `log_of_hand` VALUES (1); END;
INSERT INTO `_superusers` (`id`, `tokenKey`, `email`, `emailVisibility`, `verified`, `password`, `created`, `updated`) VALUES ('superuser000001', 'rootkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk', 'root@example.org', 0, 1, '$2a$10$abcdefghijklmnopqrstuu7RG3XFCdhmyg9l28LHLym8dl3M4fyne', '2024-03-01 10:00:01.000Z', '2024-03-01 10:00:01.000Z');
INSERT INTO `users` (`id`, `tokenKey`, `email`, `emailVisibility`, `verified`, `password`, `name`, `avatar`, `created`, `updated`) VALUES ('annannannannann', 'annkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk', 'ann@example.org', 0, 1, '$2a$10$abcdefghijklmnopqrstuu7RG3XFCdhmyg9l28LHLym8dl3M4fyne', 'Ann ü 🔥', 'face_a1b2c3d4e5.png', '2024-03-01 10:00:01.000Z', '2024-03-01 10:00:02.000Z');
INSERT INTO `users` (`id`, `tokenKey`, `email`, `emailVisibility`, `verified`, `password`, `name`, `avatar`, `created`, `updated`) VALUES ('benbenbenbenben', 'benkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk', 'ben@example.org', 1, 0, '$2b$10$abcdefghijklmnopqrstuu7RG3XFCdhmyg9l28LHLym8dl3M4fyne', 'Ben', '', '2024-03-01 10:00:02.000Z', '2024-03-01 10:00:02.000Z');
INSERT INTO `users` (`id`, `tokenKey`, `email`, `emailVisibility`, `verified`, `password`, `name`, `avatar`, `created`, `updated`) VALUES ('cydcydcydcydcyd', 'cydkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk', 'cyd@example.org', 1, 0, '$2y$10$abcdefghijklmnopqrstuu7RG3XFCdhmyg9l28LHLym8dl3M4fyne', 'Cyd', '', '2024-03-01 10:00:03.000Z', '2024-03-01 10:00:03.000Z');
INSERT INTO `_externalAuths` (`id`, `collectionRef`, `recordRef`, `provider`, `providerId`, `created`, `updated`) VALUES ('externalauth001', '_pb_users_auth_', 'annannannannann', 'google', '7', '2024-03-01 10:00:01.000Z', '2024-03-01 10:00:01.000Z');
INSERT INTO `_authOrigins` (`id`, `collectionRef`, `recordRef`, `fingerprint`, `created`, `updated`) VALUES ('authorigin00001', '_pb_users_auth_', 'annannannannann', 'f00d', '2024-03-01 10:00:01.000Z', '2024-03-01 10:00:01.000Z');
INSERT INTO `_otps` (`id`, `collectionRef`, `recordRef`, `password`, `sentTo`, `created`, `updated`) VALUES ('otp000000000001', '_pb_users_auth_', 'annannannannann', '$2a$08$abcdefghijklmnopqrstuu6L48Dm0G5L3dfThexS6z9umeS8Sc6sm', 'ann@example.org', '2024-03-01 10:00:01.000Z', '2024-03-01 10:00:01.000Z');
UPDATE `users` SET `password` = '$2a$15$' || substr(`password`, 8) WHERE `id` = 'cydcydcydcydcyd';
UPDATE `users` SET `name` = NULL, `avatar` = NULL, `verified` = NULL WHERE `id` = 'benbenbenbenben';
UPDATE `users` SET `username` = 'ann';
INSERT INTO `things` (`id`) VALUES ('thing0000000001');
INSERT INTO `things` (`id`) VALUES ('thing0000000002');
INSERT INTO `things` (`id`, `title`, `code`, `n`, `ok`, `day`, `kind`, `kinds`, `owner`, `owners`, `image`, `images`, `meta`, `place`) VALUES ('thing0000000003', 'Scalars', 'c3', '12', 'true', '2020-01-01 00:00:00.000Z', '["a","b"]', 'a', '["annannannannann"]', 'benbenbenbenben', '["pic_5555555555.png"]', 'pic_6666666666.png', 'not json', 'nowhere');
INSERT INTO `things` (`id`, `title`, `code`, `n`, `ok`, `kinds`, `owners`, `images`, `meta`, `place`) VALUES ('thing0000000004', 'Numbers', 4, 'many', 2, '', '[]', '[]', 7, NULL);
INSERT INTO `things` (`id`, `title`, `code`, `n`, `kinds`, `meta`, `place`) VALUES ('thing0000000005', X'6162', 'c5', 1e400, '["a",null,1]', '[1,2]', '{"lat":1}');
INSERT INTO `things` (`id`, `title`) VALUES (NULL, 'no id');

-- settings: a BLOB when they are not encrypted
INSERT INTO `_params` VALUES ('settings', CAST('{"smtp":{"enabled":false,"port":587,"host":"smtp.example.com","username":"","password":"smtp-secret","authMethod":"","tls":true,"localName":""},"backups":{"cron":"0 3 * * *","cronMaxKeep":5,"s3":{"enabled":false,"bucket":"","region":"","endpoint":"","accessKey":"","secret":"","forcePathStyle":false}},"s3":{"enabled":false,"bucket":"","region":"","endpoint":"","accessKey":"","secret":"","forcePathStyle":false},"meta":{"appName":"Ember","appURL":"https://ember.example.org","senderName":"Ember","senderAddress":"mail@example.org","hideControls":true},"rateLimits":{"rules":[{"label":"*:auth","audience":"","duration":3,"maxRequests":200}],"enabled":false},"trustedProxy":{"headers":["X-Forwarded-For"],"useLeftmostIP":false},"batch":{"enabled":true,"maxRequests":77,"timeout":3,"maxBodySize":0},"logs":{"maxDays":9,"minLevel":0,"logIP":true,"logAuthId":true}}' AS BLOB), '2024-03-01 10:00:01.000Z', '2024-03-01 10:00:04.000Z');
INSERT INTO `_migrations` VALUES ('1640988000_init.go', 1709287200000000);
INSERT INTO `_migrations` VALUES ('1640988000_aux_init.go', 1709287200000001);
INSERT INTO `_migrations` VALUES ('1709290000_created_posts.js', 1709290000000000);
INSERT INTO `_migrations` VALUES ('1650000000_old.js', 1650000000);
