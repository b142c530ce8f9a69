using System.Buffers.Text;
using System.Text;
using Trama.Processes.Native;

namespace Trama.Processes.Facts;

/// <summary>
/// The part of <c>/proc/PID/stat</c> (proc_pid_stat(5)) that tells a process apart from a later one with the same number.
/// </summary>
/// <param name="Name">The command's name, up to 15 bytes, as the process gave it to itself.</param>
/// <param name="Parent">The process that started it.</param>
/// <param name="StartedTicks">When it started, in ticks of the clock since the machine started.</param>
internal readonly record struct ProcessStat(string Name, int Parent, ulong StartedTicks)
{
    private const int RoomBytes = 1024;

    // Fields after the name, from 0: state, parent, …, start time.
    private const int ParentField = 1;
    private const int StartedField = 19;

    /// <summary>Reads it for a process; null when it is gone.</summary>
    public static ProcessStat? Of(int process)
    {
        Span<byte> room = stackalloc byte[RoomBytes];
        return TryParse(ProcFile.Read(process, "stat", room), out ProcessStat stat) ? stat : null;
    }

    /// <summary>
    /// Reads it from the file's text. The name is in brackets and may itself hold brackets and spaces, so the last one ends it.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ProcessStat stat)
    {
        stat = default;
        int open = text.IndexOf((byte)'('), close = text.LastIndexOf((byte)')');
        if (open < 0 || close < open || close + 2 > text.Length) return false;
        ReadOnlySpan<byte> rest = text[(close + 2)..];
        int field = 0, parent = 0;
        foreach (Range range in rest.Split((byte)' '))
        {
            ReadOnlySpan<byte> value = rest[range];
            if (field == ParentField && !Utf8Parser.TryParse(value, out parent, out _)) return false;
            if (field++ != StartedField) continue;
            if (!Utf8Parser.TryParse(value, out ulong started, out int used) || used == 0) return false;
            stat = new ProcessStat(Encoding.UTF8.GetString(text[(open + 1)..close]), parent, started);
            return true;
        }

        return false;
    }
}
