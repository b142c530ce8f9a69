using Trama.Framing;
using Trama.Mcp.Answers;
using Trama.Mcp.Folders;
using Trama.Mcp.Reading;

namespace Trama.Mcp.Tools;

/// <summary><c>list</c>: the captures below the folder.</summary>
internal sealed class ListTool(CaptureTools tools) : CaptureTool(tools, "list",
    "List the capture files below the folder: path, size in bytes, time of the last change.", ToolParameter.First, ToolParameter.Rows)
{
    /// <inheritdoc/>
    protected override void Write(ToolArguments arguments, Answer answer, CallTime time)
    {
        using var rows = new RowList(arguments.Window);
        var leftOut = new LeftOut();
        foreach (FoundCapture capture in Tools.Folder.Captures(leftOut, time.Client))
        {
            if (time.IsOver())
            {
                answer.Cut("the folder was not looked through to its end (--timeout)", "a pasta não foi vista até o fim (--timeout)");
                break;
            }

            bool isHidden = VisibleText.Of(capture.Name) != capture.Name;
            if (isHidden) leftOut.Hidden++;
            if (isHidden || !rows.Begin()) continue;
            rows.Writer.WriteString("file"u8, capture.Name);
            rows.Writer.WriteNumber("bytes"u8, capture.Bytes);
            rows.Writer.WriteString("modifiedAt"u8, capture.ModifiedAt);
            rows.End();
        }

        Tell(leftOut, answer);
        answer.Add("captures", rows);
    }

    private static void Tell(LeftOut leftOut, Answer answer)
    {
        Add(leftOut.TooDeep, $"folders that lie deeper than {CaptureFolder.MostDepth} folders",
            $"pastas a mais de {CaptureFolder.MostDepth} pastas de profundidade");
        Add(leftOut.Unreadable, "files and folders that cannot be read", "arquivos e pastas que não podem ser lidos");
        Add(leftOut.Links, "symbolic links, which are not followed", "links simbólicos, que não são seguidos");
        Add(leftOut.Unnameable, "files and folders whose names are not UTF-8", "arquivos e pastas cujos nomes não são UTF-8");
        Add(leftOut.Hidden, "files whose names hold characters that cannot be seen", "arquivos cujos nomes têm caracteres que não se veem");

        void Add(long count, string english, string portuguese)
        {
            if (count > 0) answer.Cut($"left out: {english} ({count})", $"de fora: {portuguese} ({count})");
        }
    }
}
