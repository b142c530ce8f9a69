using Trama.Captures;
using Trama.Framing.Tls.Keys;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Tests;

/// <summary>Captures of the shared set, recorded.</summary>
internal static class Recordings
{
    public static RecordedCapture Of(string name, string? keys = null, RecordingSink? sink = null) =>
        Read(TestData.Shared($"protocols/{name}"), keys is null ? null : TestData.Shared($"protocols/{keys}"), sink);

    public static RecordedCapture Read(string path, string? keyLog = null, RecordingSink? sink = null, int? packets = null)
    {
        sink ??= new RecordingSink();
        var keys = new TlsKeys();
        if (keyLog is not null) Take(keys, File.ReadAllBytes(keyLog));
        using CaptureFile file = CaptureFile.Open(path);
        file.ForwardTlsSecrets(bytes => Take(keys, bytes));
        var tracker = new ConnectionTracker(sink.Options(keys), sink);
        while (packets-- is not 0 && file.TryRead(out Trama.Packets.Record record)) tracker.Observe(record);
        tracker.Complete();
        return sink.Capture;
    }

    private static void Take(TlsKeys keys, ReadOnlySpan<byte> bytes)
    {
        var reader = new KeyLogReader(keys);
        reader.Take(bytes);
        reader.Complete();
    }
}
