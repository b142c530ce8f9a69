using System.Text;
using Trama.Framing;

namespace Trama.Cli.ThisProcess;

/// <summary>
/// The door of all messages to the terminal: names of files, hosts and devices, and what libraries say of them, may hold anything; what
/// could move a cursor, colour, reorder or hide text is spelled out here. A line that is written as one stays one.
/// </summary>
internal sealed class VisibleWriter(TextWriter output) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => output.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        StatusLine.Clear();
        output.Write(VisibleText.Checked(value ?? "", "\t\n"));
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine() => WriteLine("");

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        StatusLine.Clear();
        output.WriteLine(VisibleText.Checked(value ?? "", "\t"));
    }

    /// <inheritdoc/>
    public override void Flush() => output.Flush();
}
