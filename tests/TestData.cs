namespace Trama.Tests;

/// <summary>Where tests find their data: the project's own, and the reference captures beside the clone when they are there.</summary>
internal static class TestData
{
    /// <summary>The root of the clone.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path in the <c>shared</c> folder beside the clone; skips the test, with the reason, when it is not there.</summary>
    public static string Shared(string path)
    {
        string full = Path.GetFullPath(Path.Combine(Root, "..", "shared", path));
        Assert.SkipUnless(Path.Exists(full), $"../shared/{path} is not beside this clone");
        return full;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Trama.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside a clone of the project.");
    }
}
