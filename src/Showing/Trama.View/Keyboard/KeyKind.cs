namespace Trama.View.Keyboard;

/// <summary>What kind of key was pressed, or what the mouse did.</summary>
public enum KeyKind : byte
{
    /// <summary>A character.</summary>
    Character,

    /// <summary>Ctrl and a letter.</summary>
    Control,

    /// <summary>Enter.</summary>
    Enter,

    /// <summary>Esc.</summary>
    Escape,

    /// <summary>Backspace.</summary>
    Backspace,

    /// <summary>Arrow up, or the wheel of the mouse.</summary>
    Up,

    /// <summary>Arrow down, or the wheel of the mouse.</summary>
    Down,

    /// <summary>Arrow left.</summary>
    Left,

    /// <summary>Arrow right.</summary>
    Right,

    /// <summary>Page up.</summary>
    PageUp,

    /// <summary>Page down.</summary>
    PageDown,

    /// <summary>Home.</summary>
    Home,

    /// <summary>End.</summary>
    End,

    /// <summary>A click of the left button.</summary>
    Click,
}
