using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Framing.Tls.Keys;
using Trama.Mcp.Answers;
using Trama.Mcp.Folders;
using Trama.Packets;
using Trama.Reports;
using Trama.Tracing;

namespace Trama.Mcp.Reading;

/// <summary>Reads captures of the folder, and says in the answer what could not be read.</summary>
/// <param name="folder">The folder.</param>
/// <param name="disclosure">What is told: only with payload, TLS is decrypted with the secrets that a capture holds.</param>
/// <param name="language">The language.</param>
internal sealed class CaptureReading(CaptureFolder folder, Disclosure disclosure, Language language)
{
    private const int PacketsBetweenLooks = 1024;

    /// <summary>Reads a capture to its end, or as far as the time goes.</summary>
    /// <param name="name">The file, below the folder.</param>
    /// <param name="options">What is kept.</param>
    /// <param name="sink">Takes what is found.</param>
    /// <param name="answer">Is told what is missing.</param>
    /// <param name="time">How long it may take.</param>
    /// <returns>What the capture held.</returns>
    /// <exception cref="UserError">It is no capture of the folder.</exception>
    public CaptureTotals Read(string name, TracingOptions options, ITraceSink sink, Answer answer, CallTime time)
    {
        var timed = new TimedFile(folder.OpenFile(name, Limits.FileBytes), time);
        using CaptureFile file = CaptureFile.Open(timed);
        TlsKeys? keys = disclosure.HasPayload ? SecretsOf(file) : null;
        var tracker = new ConnectionTracker(options with { Keys = keys }, sink);
        bool isOver = false;
        while (!isOver && file.TryRead(out Record record))
        {
            tracker.Observe(record);
            isOver = tracker.Totals.Packets % PacketsBetweenLooks == 0 && time.IsOver();
        }

        time.Client.ThrowIfCancellationRequested();
        tracker.Complete();
        CaptureTotals totals = tracker.Totals;
        double seconds = time.Most.TotalSeconds;
        if (isOver || timed.WasStopped)
            answer.Cut($"{name}: only the first {totals.Packets} packets were read, in {seconds} s (--timeout)",
                $"{name}: só foram lidos os primeiros {totals.Packets} pacotes, em {seconds} s (--timeout)");
        else if (file.End is { IsComplete: false } end) Tell(name, end, totals, answer);
        answer.Writer.WriteStartObject("capture"u8);
        answer.Writer.WriteString("file"u8, name);
        answer.Writer.WriteNumber("packets"u8, totals.Packets);
        answer.Writer.WriteNumber("connections"u8, totals.Connections);
        answer.Writer.WriteEndObject();
        return totals;
    }

    private static TlsKeys SecretsOf(CaptureFile file)
    {
        var keys = new TlsKeys();
        file.ForwardTlsSecrets(keyLog =>
        {
            var reader = new KeyLogReader(keys);
            reader.Take(keyLog);
            reader.Complete();
        });
        return keys;
    }

    private void Tell(string name, CaptureEnd end, CaptureTotals totals, Answer answer)
    {
        if (totals.Packets == 0) throw new UserError(language.Pick($"{name}: is no capture that can be read",
            $"{name}: não é uma captura que se possa ler") + $" ({CaptureEndWords.Of(end, language)})");
        answer.Cut($"{name}: cannot be read on after {totals.Packets} packets ({CaptureEndWords.Of(end, Language.English)})",
            $"{name}: não pode mais ser lido depois de {totals.Packets} pacotes ({CaptureEndWords.Of(end, Language.Portuguese)})");
    }
}
