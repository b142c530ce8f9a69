using Trama.Rows.Setup;
using Trama.Rows.Sql;

namespace Trama.Rows.Tests;

/// <summary>DuckDB as <c>trama sql --setup</c> installs it, in a data folder of these tests.</summary>
public sealed class InstalledDuckdb : IDisposable
{
    private static readonly Lock s_lock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("trama-rows-tests-").FullName;

    /// <summary>Installs it from the packages that the restore of these tests brought.</summary>
    public InstalledDuckdb()
    {
        lock (s_lock)
        {
            if (RowDatabase.IsThere) return;
            Environment.SetEnvironmentVariable("XDG_DATA_HOME", _folder);
            string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            Assert.True(LibraryInstaller.TryTake(packages));
            Assert.StartsWith(_folder, DuckdbLibrary.Path, StringComparison.Ordinal);
            Assert.True(RowDatabase.IsThere);
        }
    }

    /// <summary>A folder for the files of a test.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
