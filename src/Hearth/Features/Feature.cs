namespace Hearth.Features;

/// <summary>
/// A part of the server that owns everything of its own: routes, hooks, tables. Adding one touches its folder, one line in
/// <see cref="StandardFeatures"/>, its tests and a guide page.
/// </summary>
public abstract class Feature
{
    /// <summary>Short name, such as <c>records</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Declares what the feature brings. Called once while the app is built.</summary>
    public abstract void Setup(FeatureSetup setup);
}
