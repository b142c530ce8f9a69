using System.Text;

namespace Trama.View.Keyboard;

/// <summary>A key that was pressed.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Character">The character; with Ctrl, the small letter.</param>
/// <param name="Row">Of a click: the row, from 0.</param>
public readonly record struct Key(KeyKind Kind, Rune Character = default, int Row = 0)
{
    /// <summary>Whether it is this character.</summary>
    public bool Is(char character) => Kind == KeyKind.Character && Character.Value == character;

    /// <summary>Whether it is Ctrl with this letter.</summary>
    public bool IsControl(char letter) => Kind == KeyKind.Control && Character.Value == letter;
}
