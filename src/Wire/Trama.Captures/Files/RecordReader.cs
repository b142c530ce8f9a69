using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>Reads the records of one file format.</summary>
internal abstract class RecordReader(InputWindow input)
{
    /// <summary>The interfaces described so far, over all sections of the file.</summary>
    public List<CaptureInterface> Interfaces { get; } = [];

    /// <summary>How reading ended; null while it goes on.</summary>
    public CaptureEnd? End { get; private set; }

    /// <summary>The bytes of the file.</summary>
    protected InputWindow Input { get; } = input;

    /// <summary>Moves to the next record; false at the end of the file, which <see cref="End"/> then tells of.</summary>
    public abstract bool TryRead(out Record record);

    /// <summary>Notes the clean end of the file.</summary>
    protected bool Finish() => Stop(CaptureFault.None);

    /// <summary>Notes why nothing more can be read, and answers false.</summary>
    protected bool Stop(CaptureFault fault, long expected = 0, long found = 0)
    {
        End = Input.Failure ?? new CaptureEnd(fault, Input.Position, expected, found);
        return false;
    }
}
