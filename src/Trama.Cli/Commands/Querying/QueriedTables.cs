using Trama.Cli.Decrypting;
using Trama.Cli.Native;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Holding;
using Trama.Fleet.Storing;
using Trama.Framing;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Rows;
using Trama.Rows.Sql;

namespace Trama.Cli.Commands.Querying;

/// <summary>The Parquet files that a question is about: those that were named, and those that captures became, in a folder that goes with
/// it.</summary>
/// <param name="language">The language.</param>
/// <param name="packets">Whether captures become a table of packets too.</param>
internal sealed class QueriedTables(Language language, bool packets) : IDisposable
{
    private readonly List<string> _files = [];
    private readonly List<StoreSnapshot> _stores = [];
    private string? _folder;

    /// <summary>The files.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Whether a capture ended before its end.</summary>
    public bool IsTruncated { get; private set; }

    // Made for its owner alone.
    private string Folder => _folder ??= Directory.CreateTempSubdirectory("trama-").FullName;

    /// <summary>Adds what a command line names.</summary>
    /// <exception cref="UserError">Something of it cannot be read.</exception>
    public void Add(IEnumerable<string> sources, KeySources keys, FramingRule framing)
    {
        var captures = new List<string>();
        foreach (string source in sources)
        {
            if (StoreFolder.IsStore(source)) AddStore(() => StoreSnapshot.Take(StoreFolder.Open(source)));
            else if (HeldReading.IsStore(source)) AddStore(() => HeldSnapshot.Take(source));
            else if (Directory.Exists(source)) AddFolder(source, captures);
            else if (source != "-" && IsParquet(source)) _files.Add(Path.GetFullPath(source));
            else captures.Add(source);
        }

        if (captures.Count > 0) Trace(captures, keys, framing);
    }

    /// <summary>Writes the answer to a question as a Parquet file.</summary>
    /// <exception cref="SqlException">It has no answer.</exception>
    public void Save(string sql, QueryLimits limits, string path)
    {
        using Stream output = path == "-" ? StandardOutputPipe.Open() : new ReportFile(path);
        string answer = Path.Combine(Folder, "answer.parquet");
        using (var database = new RowDatabase(_files, limits.MemoryBytes, answer)) database.Save(sql, limits, answer);
        using FileStream written = File.OpenRead(answer);
        written.CopyTo(output);
    }

    /// <summary>Ends the process, since a question does not heed: the functions of a library that runs are not waited for.</summary>
    public void EndProcess(UserError error)
    {
        Console.Error.WriteLine($"trama: {error.Message}");
        Dispose();
        Libc.ExitNow(error.Code);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (StoreSnapshot store in _stores) store.Dispose();
        if (_folder is null) return;
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // Somebody else took it away.
        }
    }

    private void AddStore(Func<StoreSnapshot> take)
    {
        try
        {
            _stores.Add(take());
            _files.AddRange(_stores[^1].Files);
        }
        catch (StoreException error)
        {
            throw StoreErrors.Describe(error, language);
        }
    }

    private void AddFolder(string folder, List<string> captures)
    {
        string[] tables, found;
        try
        {
            tables = [.. Directory.EnumerateFiles(folder, "*.parquet").Order(StringComparer.Ordinal)];
            found = [.. Directory.EnumerateFiles(folder).Where(IsCaptureName).Order(StringComparer.Ordinal)];
        }
        catch (UnauthorizedAccessException)
        {
            throw new UserError(language.Pick($"{folder}: permission denied", $"{folder}: permissão negada"));
        }

        if (tables.Length > 0 && found.Length > 0) throw new UserError(language.Pick(
            $"{folder} holds captures and Parquet files: name those that are meant",
            $"{folder} tem capturas e arquivos Parquet: informe quais são"));
        if (tables.Length + found.Length == 0) throw new UserError(language.Pick(
            $"{folder} holds no Parquet file and no capture", $"{folder} não tem arquivo Parquet nem captura"));
        _files.AddRange(tables.Select(Path.GetFullPath));
        captures.AddRange(found);
    }

    private void Trace(List<string> captures, KeySources keys, FramingRule framing)
    {
        var judged = new JudgedConnections();
        var settings = new FormSettings
        {
            Output = Stream.Null,
            Target = Folder,
            Packets = packets,
            Text = Terminal.Options(language),
            FindingsOf = judged.FindingsOf,
        };
        var input = new TraceInput(language) { Files = captures, Keys = keys };
        using (var report = new Report(new RowsForm(settings, RowFormat.Parquet), judged, new Selection()))
        {
            var shown = new ReportedInput(input, report, language) { Adjust = options => options with { Framing = framing } };
            shown.Show();
            IsTruncated = shown.IsTruncated;
        }

        _files.AddRange(Directory.EnumerateFiles(Folder, "*.parquet").Order(StringComparer.Ordinal));
    }

    private static bool IsCaptureName(string path) => Path.GetFileName(path) is var name
        && (name.EndsWith(".pcap", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".pcapng", StringComparison.OrdinalIgnoreCase));

    private static bool IsParquet(string path)
    {
        if (path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)) return true;
        try
        {
            using FileStream file = File.OpenRead(path);
            Span<byte> first = stackalloc byte[4];
            return file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length && first.SequenceEqual("PAR1"u8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Who reads it as a capture says what is wrong with it.
            return false;
        }
    }
}
