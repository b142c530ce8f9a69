namespace Trama.Cli.Commands.Running;

/// <summary>Options in an environment variable that holds several, as NODE_OPTIONS and JAVA_TOOL_OPTIONS do: spaces part them.</summary>
internal static class OptionWords
{
    /// <summary>An option as one word, whatever blanks are in it. Both programs know double quotes.</summary>
    public static string Quoted(string option) => option.Any(char.IsWhiteSpace) ? $"\"{option}\"" : option;
}
