using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>Reads the records of one file format.</summary>
internal abstract class RecordReader(InputWindow input)
{
    /// <summary>The interfaces described so far, over all sections of the file.</summary>
    public List<CaptureInterface> Interfaces { get; } = [];

    /// <summary>How reading ended; null while it goes on.</summary>
    public CaptureEnd? End { get; private set; }

    /// <summary>Where the latest record begins in the file; -1 where records cannot be read by that.</summary>
    public long RecordStart { get; protected set; } = -1;

    /// <summary>Whether a record can be read by where it begins, whatever was read before.</summary>
    public virtual bool IsAddressable => false;

    /// <summary>The bytes of the file.</summary>
    protected InputWindow Input { get; private set; } = input;

    /// <summary>A reader that knows what this one knows of the file so far, over another window.</summary>
    public RecordReader Over(InputWindow window)
    {
        var other = (RecordReader)MemberwiseClone();
        (other.Input, other.End) = (window, null);
        return other;
    }

    /// <summary>Reads the record that begins at an offset; false when there is none any more.</summary>
    public bool TryReadAt(long offset, out Record record)
    {
        End = null;
        Input.MoveTo(offset);
        return TryRead(out record) && RecordStart == offset;
    }

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
