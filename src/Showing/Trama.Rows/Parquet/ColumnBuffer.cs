using System.Buffers;
using Trama.Rows.Tables;

namespace Trama.Rows.Parquet;

/// <summary>The values of one column of a row group, until they are written.</summary>
internal abstract class ColumnBuffer
{
    private readonly List<int> _runs = [];
    private bool _lastIsThere;

    /// <summary>Its physical type, as the format numbers it.</summary>
    public abstract int Type { get; }

    /// <summary>How its values are encoded, as the format numbers it; known when all are there.</summary>
    public abstract int Encoding { get; }

    /// <summary>The least and the largest value; null when that is not told.</summary>
    public virtual (long Least, long Largest)? Bounds => null;

    /// <summary>How many different values its dictionary has; 0 without one.</summary>
    public virtual int DictionaryValues => 0;

    /// <summary>How many rows there are.</summary>
    public int Rows { get; private set; }

    /// <summary>How many of them have no value.</summary>
    public int Absent { get; private set; }

    /// <summary>A buffer for a column.</summary>
    public static ColumnBuffer For(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => new NumberBuffer(),
        ColumnKind.Flag => new FlagBuffer(),
        _ => new TextBuffer(),
    };

    /// <summary>Writes which rows have a value, and the values.</summary>
    public void WritePage(ArrayBufferWriter<byte> output)
    {
        // The length of the levels stands before them, in four bytes.
        output.GetSpan(sizeof(int))[..sizeof(int)].Clear();
        output.Advance(sizeof(int));
        int start = output.WrittenCount;
        bool isThere = true;
        foreach (int run in _runs)
        {
            if (run > 0) RunEncoding.WriteRun(output, isThere ? 1 : 0, run, width: 1);
            isThere = !isThere;
        }

        LevelsLength = output.WrittenCount - start;
        WriteValues(output);
    }

    /// <summary>How long the part of a page is that says which rows have a value, in bytes.</summary>
    public int LevelsLength { get; private set; }

    /// <summary>Writes the dictionary.</summary>
    public virtual void WriteDictionary(ArrayBufferWriter<byte> output)
    {
        // Most have none.
    }

    /// <summary>Forgets everything.</summary>
    public virtual void Clear()
    {
        _runs.Clear();
        (Rows, Absent, _lastIsThere) = (0, 0, false);
    }

    /// <summary>A row has no value.</summary>
    public void AddAbsent()
    {
        Absent++;
        Count(isThere: false);
    }

    /// <summary>A row has a value.</summary>
    protected void CountValue() => Count(isThere: true);

    /// <summary>Writes the values.</summary>
    protected abstract void WriteValues(ArrayBufferWriter<byte> output);

    // The first run is of rows with a value, and may be empty.
    private void Count(bool isThere)
    {
        if (Rows++ == 0)
        {
            if (!isThere) _runs.Add(0);
            _runs.Add(1);
        }
        else if (isThere == _lastIsThere)
        {
            _runs[^1]++;
        }
        else
        {
            _runs.Add(1);
        }

        _lastIsThere = isThere;
    }
}
