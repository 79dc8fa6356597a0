using Hearth.Features.Accounts;
using Hearth.Features.Audit;
using Hearth.Features.Backups;
using Hearth.Features.Batch;
using Hearth.Features.Collections;
using Hearth.Features.Crons;
using Hearth.Features.Doctor;
using Hearth.Features.Files;
using Hearth.Features.Health;
using Hearth.Features.Logs;
using Hearth.Features.OpenApi;
using Hearth.Features.Outbox;
using Hearth.Features.Overview;
using Hearth.Features.Realtime;
using Hearth.Features.Records;
using Hearth.Features.Rules;
using Hearth.Features.Settings;
using Hearth.Features.Sql;

namespace Hearth.Features;

/// <summary>The one list of the features that Hearth ships with.</summary>
public static class StandardFeatures
{
    /// <summary>A fresh set; features hold state of one app only.</summary>
    public static IReadOnlyList<Feature> Create() =>
    [
        new CollectionsFeature(),
        new HealthFeature(),
        new SettingsFeature(),
        new LogsFeature(),
        new AuditFeature(),
        new AccountsFeature(),
        new OutboxFeature(),
        new RecordsFeature(),
        new BatchFeature(),
        new CronsFeature(),
        new RulesFeature(),
        new SqlFeature(),
        new FilesFeature(),
        new DoctorFeature(),
        new BackupsFeature(),
        new RealtimeFeature(),
        new OverviewFeature(),
        new OpenApiFeature(),
    ];
}
