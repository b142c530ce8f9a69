using Trama.Captures;
using Trama.Framing.Tls.Keys;

namespace Trama.Browser;

/// <summary>The secrets that came with the files that were dropped: of key logs, and of the captures themselves.</summary>
internal sealed class LocalKeys
{
    /// <summary>The secrets.</summary>
    public TlsKeys Keys { get; } = new();

    /// <summary>Takes the secrets of a key log; false when the file is none.</summary>
    public bool TryTake(LocalFile file)
    {
        var reader = new KeyLogReader(Keys);
        using Stream stream = file.Open();
        byte[] piece = new byte[64 * 1024];
        try
        {
            while (stream.Read(piece) is > 0 and int count) reader.Take(piece.AsSpan(0, count));
        }
        catch (IOException)
        {
            // A file that changes or goes while it is read ends there; those beside it are looked at all the same.
        }

        reader.Complete();
        return reader.Secrets > 0;
    }

    /// <summary>Takes secrets that a capture holds.</summary>
    public void Add(ReadOnlySpan<byte> keyLog)
    {
        var reader = new KeyLogReader(Keys);
        reader.Take(keyLog);
        reader.Complete();
    }

    /// <summary>Sees to it that all secrets of captures are taken once a connection lacks its own: they may stand behind any
    /// packet.</summary>
    public void GatherFrom(IReadOnlyList<LocalFile> captures) => Keys.Others = () =>
    {
        foreach (LocalFile capture in captures)
        {
            using CaptureFile file = CaptureFile.Open(capture.Open());
            if (!file.IsPcapng) continue;
            file.ForwardTlsSecrets(Add);
            while (file.TryRead(out _))
            {
                // What matters stands between packets.
            }
        }
    };
}
