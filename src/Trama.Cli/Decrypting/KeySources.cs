using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Framing.Tls.Keys;
using Trama.Reports;
using Trama.Tracing;

namespace Trama.Cli.Decrypting;

/// <summary>Where the secrets of TLS connections come from: key logs, which may grow, and capture files.</summary>
internal sealed class KeySources : IDisposable
{
    private static readonly TimeSpan GrowthInterval = TimeSpan.FromMilliseconds(20);

    private readonly Language _language;
    private readonly List<KeyLogFile> _files = [];
    private readonly Lock _reading = new();
    private Timer? _growth;

    private KeySources(Language language) => _language = language;

    /// <summary>The secrets.</summary>
    public TlsKeys Keys { get; } = new();

    /// <summary>Opens the key logs.</summary>
    /// <param name="paths">Those that must be there.</param>
    /// <param name="environment">The one that the environment names, which need not be there; null for none.</param>
    /// <param name="isLive">Whether they are followed as they grow.</param>
    /// <param name="language">The language of what is told.</param>
    /// <exception cref="UserError">One of <paramref name="paths"/> cannot be read, or is no key log.</exception>
    public static KeySources Open(IReadOnlyList<string> paths, string? environment, bool isLive, Language language)
    {
        var sources = new KeySources(language);
        foreach (string path in paths) sources.Add(path, isLive);
        if (!string.IsNullOrEmpty(environment) && !paths.Contains(environment) && File.Exists(environment)) sources.AddOfEnvironment(
            environment, isLive);
        if (isLive && sources._files.Count > 0) sources.Follow();
        return sources;
    }

    /// <summary>Where the key logs are.</summary>
    public IEnumerable<string> Paths => _files.Select(file => file.Path);

    /// <summary>
    /// Takes the secrets that a capture file holds as they are met, and those of the rest of this file and of others as soon as a
    /// connection lacks its own.
    /// </summary>
    /// <param name="file">The file, not read yet.</param>
    /// <param name="others">Files that belong with it.</param>
    /// <param name="changing">Called before any is added that is met.</param>
    public void Take(CaptureFile file, IEnumerable<string> others, Action changing)
    {
        file.ForwardTlsSecrets(keyLog =>
        {
            changing();
            Add(keyLog);
        });
        Keys.Others = () =>
        {
            file.ForwardAllTlsSecrets(Add);
            foreach (string path in others.Where(CaptureFiles.CanBeReadAgain)) TakeAll(path);
        };
    }

    /// <summary>Reads what was added to the key logs since; where another thread does so right now, that is enough.</summary>
    public void ReadGrowth()
    {
        if (!_reading.TryEnter()) return;
        try
        {
            _files.ForEach(file => file.Read());
        }
        catch (CaptureException)
        {
            // Nothing more comes of it; what was read before stays.
            _growth?.Dispose();
        }
        finally
        {
            _reading.Exit();
        }
    }

    /// <summary>Says in a line what could not be decrypted, or how to decrypt.</summary>
    public void Conclude(TlsTotals tls)
    {
        if (tls.Encrypted > tls.Decrypted) Console.Error.WriteLine(
            KeyWords.Conclusion(tls, hasKeys: _files.Count > 0 || Keys.Connections > 0, _language));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _growth?.Dispose();
        lock (_reading) _files.ForEach(file => file.Dispose());
    }

    private void Add(ReadOnlySpan<byte> keyLog)
    {
        var reader = new KeyLogReader(Keys);
        reader.Take(keyLog);
        reader.Complete();
    }

    private void TakeAll(string path)
    {
        try
        {
            using CaptureFile file = CaptureFile.Open(path);
            file.ForwardAllTlsSecrets(Add);
        }
        catch (CaptureException)
        {
            // Told when its packets are to be read.
        }
    }

    private void Add(string path, bool mayGrow)
    {
        var file = new KeyLogFile(path, Keys);
        _files.Add(file);
        file.Read();
        if (!mayGrow) file.Reader.Complete();
        if (file.Reader is { Secrets: 0, Malformed: > 0 }) throw new UserError(KeyWords.NoKeyLog(path, _language));
        // One that is only now being written has nothing yet.
        if (!(mayGrow && file.Length == 0) && KeyWords.Oddity(file, _language) is { } oddity) Console.Error.WriteLine(oddity);
    }

    private void AddOfEnvironment(string path, bool mayGrow)
    {
        try
        {
            Add(path, mayGrow);
            Console.Error.WriteLine(KeyWords.OfEnvironment(path, _language));
        }
        catch (Exception error) when (error is CaptureException or UserError)
        {
            Console.Error.WriteLine($"SSLKEYLOGFILE: {error.Message}");
        }
    }

    private void Follow()
    {
        Keys.MayGrow = true;
        _growth = new Timer(_ => ReadGrowth(), null, GrowthInterval, GrowthInterval);
    }
}
