using Trama.Rows.Setup;
using Trama.Rows.Sql;

namespace Trama.Rows.Tests;

/// <summary>DuckDB as <c>trama sql --setup</c> installs it, in a data folder of these tests.</summary>
public sealed class InstalledDuckdb : IDisposable
{
    // For as long as the process is there: the programs that it starts look in the same place.
    private static readonly Lazy<bool> s_isInstalled = new(Install);

    private readonly string _folder = Directory.CreateTempSubdirectory("trama-rows-tests-").FullName;

    /// <summary>Installs it from the packages that the restore of these tests brought.</summary>
    public InstalledDuckdb() => Assert.True(s_isInstalled.Value);

    /// <summary>A folder for the files of a test.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool Install()
    {
        if (RowDatabase.IsThere) return true;
        string folder = Directory.CreateTempSubdirectory("trama-duckdb-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", folder);
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Assert.True(LibraryInstaller.TryTake(packages));
        Assert.StartsWith(folder, DuckdbLibrary.Path, StringComparison.Ordinal);
        return RowDatabase.IsThere;
    }
}
