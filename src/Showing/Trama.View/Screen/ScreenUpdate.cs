using System.Text;
using Trama.Reports.Text;

namespace Trama.View.Screen;

/// <summary>What a terminal has to be sent so that it shows other lines than before: the lines that differ.</summary>
public sealed class ScreenUpdate
{
    private string[] _shown = [];

    /// <summary>What is on the terminal is not known any more: it was resized, or another program had it.</summary>
    public void Forget() => _shown = [];

    /// <summary>The bytes to send, empty when nothing changed; they are to be written at once.</summary>
    public byte[] Of(IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var text = new StringBuilder();
        if (_shown.Length != lines.Count) text.Append(Ansi.ClearScreen);
        bool isAll = _shown.Length != lines.Count;
        for (int row = 0; row < lines.Count; row++)
            if (isAll || _shown[row] != lines[row]) text.Append(Ansi.Row(row)).Append(Ansi.ClearRest).Append(lines[row]);
        _shown = [.. lines];
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
