using Trama.Captures;
using Trama.Captures.Files;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Cli.Capturing;

/// <summary>The notes of packets in a pcapng file that say whose they are, made once for each process.</summary>
internal sealed class OwnerNotes
{
    private const int MaxKept = 1 << 12;

    private readonly Dictionary<(SideProcess, CaptureDirection), byte[]> _notes = [];

    /// <summary>The notes for a packet: its sender's, else its receiver's; none where neither is known.</summary>
    public RecordNotes Of(SideProcess? sender, SideProcess? receiver)
    {
        (SideProcess? process, CaptureDirection direction) = sender is { IsKnown: true }
            ? (sender, CaptureDirection.Out) : (receiver, CaptureDirection.In);
        if (process is not { IsKnown: true }) return default;
        if (_notes.Count == MaxKept) _notes.Clear();
        if (!_notes.TryGetValue((process, direction), out byte[]? notes))
            _notes[(process, direction)] = notes = PacketNotes.Write(ProcessComments.Of(process), direction);
        return new RecordNotes(notes, isBigEndian: false);
    }
}
