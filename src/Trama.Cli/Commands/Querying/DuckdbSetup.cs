using System.Diagnostics;
using System.Text.Json;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;
using Trama.Rows.Setup;
using Trama.Rows.Sql;

namespace Trama.Cli.Commands.Querying;

/// <summary>Brings DuckDB: from the packages that NuGet keeps on this machine, else from the sources that it is configured for.</summary>
internal static class DuckdbSetup
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(100);

    /// <summary>Refuses a question before its captures are traced, when nobody could answer it.</summary>
    /// <exception cref="UserError">DuckDB is missing.</exception>
    public static void ThrowIfMissing(Language language)
    {
        if (!RowDatabase.IsThere) throw SqlErrors.Describe(new SqlException(SqlFailure.LibraryMissing, ""), language);
    }

    /// <summary>Brings it, unless it is there.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UserError">It cannot be had.</exception>
    public static int Run(Language language)
    {
        Privileges.Drop();
        string path = DuckdbLibrary.Path;
        try
        {
            if (!File.Exists(path) && !LibraryInstaller.TryTake(KeptPackages)) Download(language);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError(CaptureErrors.Describe(CaptureException.FromFileError(path, error), language).Message);
        }

        if (!RowDatabase.IsThere) throw new UserError(language.Pick($"{path} cannot be loaded", $"{path} não pode ser carregado"));
        Console.Out.Write(language.Pick($"DuckDB is there: {path}\n", $"o DuckDB está instalado: {path}\n"));
        return ExitCode.Done;
    }

    // Where NuGet unpacks what was ever restored on this machine.
    private static string KeptPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder ? folder
        : Path.Combine(Home, ".nuget", "packages");

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static void Download(Language language)
    {
        if (DuckdbLibrary.File is null) throw new UserError(language.Pick(
            $"the package {DuckdbLibrary.Package} has no DuckDB for {DuckdbLibrary.System}",
            $"o pacote {DuckdbLibrary.Package} não tem DuckDB para {DuckdbLibrary.System}"));
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        using var http = new HttpClient { Timeout = s_longestSilence };
        IReadOnlyList<string> sources = NugetSources.Of(Environment.CurrentDirectory, Home);
        var failures = new List<string>();
        foreach (string source in sources)
        {
            try
            {
                if (TakeAsync(new PackageSource(source, http), language, stop.Token).GetAwaiter().GetResult()) return;
                failures.Add(language.Pick($"{source}: does not have it", $"{source}: não o tem"));
            }
            catch (Exception error) when (error is HttpRequestException or JsonException or InvalidDataException or UriFormatException
                || (error is OperationCanceledException && !stop.IsCancellationRequested))
            {
                failures.Add($"{source}: {error.Message}");
            }
            catch (OperationCanceledException)
            {
                throw new UserError(language.Pick("interrupted", "interrompido"));
            }
        }

        string all = string.Join("; ", failures.Select(VisibleText.Of));
        throw new UserError(language.Pick(
            $"{DuckdbLibrary.Package} {DuckdbLibrary.Version} is not to be had from the NuGet sources of this machine: {all}",
            $"não há {DuckdbLibrary.Package} {DuckdbLibrary.Version} nas fontes NuGet desta máquina: {all}"));
    }

    private static async Task<bool> TakeAsync(PackageSource source, Language language, CancellationToken stop)
    {
        if (await source.OpenAsync(DuckdbLibrary.Package, DuckdbLibrary.Version, stop).ConfigureAwait(false) is not var (bytes, length))
            return false;
        await using (bytes)
        {
            long taken = 0, begun = Stopwatch.GetTimestamp();
            using StatusLine? progress = StatusLine.Start(s_interval, () => ReadProgress.Text(
                DuckdbLibrary.Package, Volatile.Read(ref taken), length, Stopwatch.GetElapsedTime(begun), language));
            return await LibraryInstaller.TryTakeAsync(bytes, now => Volatile.Write(ref taken, now), stop).ConfigureAwait(false);
        }
    }
}
